// Improves the survey page where scripts run: every answer is kept at once, and questions that follow from an answer of
// the same page appear below it. Without this the page works the same, one step later.
(() => {
  const form = document.getElementById('survey');
  const more = document.getElementById('more');
  let pending;

  const names = (element) => [...new Set([...element.querySelectorAll('[name]')].map((input) => input.name))].join(' ');

  form.addEventListener('change', async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set('go', 'stay');
    pending?.abort();
    pending = new AbortController();
    try {
      const answer = await fetch(location.href, { method: 'POST', body, signal: pending.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.querySelector('[data-to]');
      if (!found) return;
      form.elements.to.value = found.dataset.to;
      if (names(found) !== names(more)) more.replaceChildren(...found.childNodes);
    } catch {
      // Away from the network: what is on the page stays there and goes with the next step.
    }
  });

  form.addEventListener('submit', () => pending?.abort());
})();
