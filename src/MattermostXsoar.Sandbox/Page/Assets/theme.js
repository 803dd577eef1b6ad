// Runs before the first paint, so that a chosen theme does not flash. The choice: "light", "dark", or none for the system's.
(() => {
  const root = document.documentElement;
  const query = matchMedia('(prefers-color-scheme: dark)');
  const read = () => { try { return localStorage.getItem('sandbox.theme'); } catch { return null; } };
  const apply = () => {
    const choice = read();
    root.dataset.theme = choice ?? (query.matches ? 'dark' : 'light');
    root.dataset.themeChoice = choice ?? 'system';
    root.dispatchEvent(new CustomEvent('themechange'));
  };
  query.addEventListener('change', apply);
  window.sandboxTheme = {
    next() {
      const order = ['system', 'light', 'dark'];
      const choice = order[(order.indexOf(root.dataset.themeChoice) + 1) % 3];
      try { choice === 'system' ? localStorage.removeItem('sandbox.theme') : localStorage.setItem('sandbox.theme', choice); } catch { root.dataset.theme = choice; }
      apply();
      return choice;
    },
  };
  apply();
})();
