// Lets the browser make a passkey, or show one, for the form that asks for it. Without it the form stays hidden.
const form = document.querySelector('form[data-passkey]');
if (form && window.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    if (form.elements.answer.value !== '') return;
    event.preventDefault();
    ask(form).then(
      (credential) => {
        form.elements.answer.value = JSON.stringify(tell(credential));
        form.submit();
      },
      (error) => {
        const said = form.querySelector('[data-said]');
        said.textContent = `The browser did not do it: ${error.message}`;
        said.hidden = false;
      },
    );
  });
}

function ask({ dataset }) {
  const publicKey = JSON.parse(dataset.options);
  publicKey.challenge = bytesOf(publicKey.challenge);
  if (dataset.passkey === 'show') return navigator.credentials.get({ publicKey });
  publicKey.user.id = bytesOf(publicKey.user.id);
  for (const known of publicKey.excludeCredentials) known.id = bytesOf(known.id);
  return navigator.credentials.create({ publicKey });
}

function tell({ id, rawId, type, response }) {
  const said = { clientDataJSON: textOf(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature']) {
    if (response[name] instanceof ArrayBuffer) said[name] = textOf(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return { id, rawId: textOf(rawId), type, response: said };
}

function bytesOf(base64url) {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
