// Proposes the visitor's own time zone, if the list has it under any of its names; it can be changed,
// and without this script it is chosen by hand. A form of an address alone takes it along.
const zones = document.querySelector('select[name="zone"]');
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...(zones?.options ?? [])].find(
  ({ value, dataset }) => value === own || dataset.alsoCalled?.split(' ').includes(own),
);
if (option) option.selected = true;
const call = document.querySelector('.call form');
if (call && /^(?!Etc\/)[A-Z]\w+\/[\w/+-]+$/.test(own)) {
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'zone' });
  field.value = own;
  call.append(field);
}
