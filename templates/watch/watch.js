// Follows the templates: each change brings the digest anew, at the place where one was reading.
const [mail, text, faults] = ['mail', 'text', 'faults'].map((id) => document.getElementById(id));
const form = document.forms[0];
const chosen = (name) => form.elements[name].value;

function show() {
  const place = mail.contentWindow.scrollY;
  mail.addEventListener('load', () => mail.contentWindow.scrollTo(0, place), { once: true });
  mail.className = chosen('width');
  mail.src = `/mail?scheme=${chosen('scheme')}&at=${Date.now()}`;
  mail.hidden = chosen('part') !== 'html';
  text.hidden = chosen('part') !== 'text';
}

form.addEventListener('change', show);
new EventSource('/events').addEventListener('state', ({ data }) => {
  const state = JSON.parse(data);
  const lines = state.faults.map((fault) => {
    const line = document.createElement('li');
    line.textContent = fault;
    return line;
  });
  faults.querySelector('ul').replaceChildren(...lines);
  faults.hidden = lines.length === 0;
  if (state.subject === undefined) return;
  document.getElementById('subject').textContent = state.subject;
  document.getElementById('size').textContent = state.size;
  text.textContent = state.text;
  show();
});
