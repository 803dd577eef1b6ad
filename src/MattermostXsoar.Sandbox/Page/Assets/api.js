// Calls to the sandbox. Every failure becomes an Error whose message can be shown as it is.
export async function send(path, body, method = 'POST') {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error('The sandbox does not answer. It may be restarting or have ended.');
  }
  const text = await response.text();
  let answer = {};
  try { answer = JSON.parse(text); } catch { /* not JSON: the status says enough */ }
  if (!response.ok) throw new Error(answer?.message || `The sandbox answered ${response.status}.`);
  return answer;
}

export const act = (path, body) => send(`/sandbox/page/${path}`, body);
