// Proposes the visitor's own time zone, if the list has it under any of its names; it can be changed,
// and without this script it is chosen by hand.
const zones = document.querySelector('select[name="zone"]');
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...(zones?.options ?? [])].find(
  ({ value, dataset }) => value === own || dataset.alsoCalled?.split(' ').includes(own),
);
if (option) option.selected = true;
