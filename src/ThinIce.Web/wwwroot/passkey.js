// Signing in with a passkey, and adding one. The browser asks the device; we only carry what both say. Without this script, or
// where the browser knows no passkeys, these forms stay hidden and the password is there.
'use strict';
(() => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    const field = form.querySelector('[name="credential"]');
    form.addEventListener('submit', async event => {
      if (field.value) return;
      event.preventDefault();
      try {
        const reply = await fetch(form.dataset.options, { method: 'POST', headers: { RequestVerificationToken: form.querySelector('[name="__RequestVerificationToken"]').value } });
        const options = await reply.json();
        const credential = form.dataset.passkey === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        field.value = JSON.stringify(credential);
      } catch {
        field.value = '';
      }
      form.submit();
    });
  }
})();
