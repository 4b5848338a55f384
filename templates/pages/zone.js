// Proposes the visitor's own time zone; it can be changed, and without this script it is chosen by hand.
const zones = document.querySelector('select[name="zone"]');
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zones && own) {
  if (![...zones.options].some(({ value }) => value === own)) zones.add(new Option(own, own), 0);
  zones.value = own;
}
