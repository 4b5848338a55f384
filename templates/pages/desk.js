// Replaces what changes while an edition runs. Without it, the page is as it was when it was opened.
const live = document.querySelector('[data-live]');
if (live && 'EventSource' in window) {
  const events = new EventSource(live.dataset.live);
  events.addEventListener('progress', ({ data }) => {
    live.innerHTML = JSON.parse(data);
  });
  // Nothing runs any more, or the session has ended: there is nothing more to hear.
  events.addEventListener('end', () => events.close());
}
