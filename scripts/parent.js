// npm hands its end to the shell that it began us by, which ends and tells nobody: who has lost that
// shell ends as if told. `exec` would do it too, in shells that have it.
const shell = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === shell) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 500).unref();
