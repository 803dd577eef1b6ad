// Times as people read them. The server's clock counts: the page only stores the difference to its own.
let offset = 0;

export const serverIs = now => { offset = now - Date.now(); };
export const now = () => Date.now() + offset;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
export const clockTime = at => clock.format(new Date(at));

export function duration(ms) {
  if (ms < 1) return '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

export const ago = at => {
  const passed = now() - at;
  return passed < 1500 ? 'just now' : `${duration(Math.round(passed / 1000) * 1000).replace('.0', '')} ago`;
};
