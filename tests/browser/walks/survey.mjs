// From the link in the mail to the thanks: nothing entered is told, Back keeps what was given, the end is the end.
const longest = 20;

export async function walk(tab) {
  const { page, options } = tab;
  const next = page.locator('#survey button[value=next]');
  await tab.open(`${options.link}?lang=${options.language}`);
  await tab.check();

  if (await page.locator('#survey [type=radio]').count()) {
    await tab.follow(next);
    if (await page.locator('.summary').count()) {
      await tab.check();
      for (const target of await page.locator('.summary a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
        tab.expect((await page.locator(target).count()) === 1, `the error summary leads to ${target}, which is not there`);
    }
  }

  let wentBack = false;
  for (let step = 0; step < longest && (await page.locator('#survey').count()); step++) {
    if (!wentBack && (await page.locator('#survey button[value=back]').count())) {
      wentBack = true;
      await tab.follow(page.locator('#survey button[value=back]'));
      tab.expect(await page.locator('#survey :checked').count(), 'Back has lost what was given');
      await tab.follow(next);
    }
    await answer(tab);
    await tab.check();
    await tab.follow(next);
  }
  tab.expect(wentBack, 'the survey has one step only');
  tab.expect(!(await page.locator('#survey').count()), 'the survey does not end');
  await tab.check();

  const thanks = await page.locator('h1').textContent();
  await tab.open(`${options.link}?lang=${options.language}`);
  tab.expect((await page.locator('h1').textContent()) === thanks, 'the link does not lead to the thanks');
}

/** Answers all that is asked, also what appears because of an answer. */
async function answer({ page, options }) {
  const answered = new Set();
  for (let again = true; again;) {
    again = false;
    for (const { name, type, values } of await fields(page)) {
      if (answered.has(name)) continue;
      answered.add(name);
      again = true;
      const field = (value) => page.locator(`#survey [name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`);
      if (type === 'textarea' || type === 'text') await field().fill(options.language === 'en' ? 'It is stuck again.' : '又卡住了。');
      // A low score, so that what follows from one is asked.
      else await field(values.includes('3') ? '3' : values[0]).check({ force: true });
    }
    if (options.script !== 'false') await page.waitForLoadState('networkidle');
  }
}

const fields = (page) => page.locator('#survey').evaluate((form) => {
  const found = new Map();
  for (const input of form.querySelectorAll('input[type=radio], input[type=checkbox], input[type=text], textarea')) {
    const field = found.get(input.name) ?? { name: input.name, type: input.localName === 'textarea' ? 'textarea' : input.type, values: [] };
    field.values.push(input.value);
    found.set(input.name, field);
  }
  return [...found.values()];
});
