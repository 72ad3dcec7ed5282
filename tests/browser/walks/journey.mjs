// A stage is added, moved by its button, dragged back and removed again, in the panel with script and on pages without.
export async function walk(tab) {
  const { page, options } = tab;
  const script = options.script !== 'false';
  const name = `Walk ${options.width} ${options.language} ${script}`;
  await tab.open(options.path);
  await tab.check();
  await tab.open(`${options.path}?mode=edit`);
  await tab.check();

  await page.locator('.journey-end a').click();
  if (script) await page.waitForSelector('dialog[open] #part');
  else await page.waitForLoadState();
  await tab.check();
  await page.fill('#part [name="name.en"]', name);
  await page.fill('#part [name="name.zh-CN"]', name);
  await tab.follow(page.locator('#part button[value=save]'));
  const names = () => page.locator('.journey-head h2').allTextContents();
  const before = await names();
  tab.expect(before.at(-1) === name, 'a new stage does not stand at the end');

  const stage = page.locator('.journey-head', { hasText: name });
  await tab.follow(stage.locator('button[value$=":back"]'));
  tab.expect((await names()).at(-2) === name, 'the button does not move a stage');
  if (script && Number(options.width) > 1000) {
    const last = page.locator('.journey-head').last();
    await last.scrollIntoViewIfNeeded();
    const box = await last.boundingBox();
    await Promise.all([page.waitForEvent('load'), stage.dragTo(last, { sourcePosition: { x: 6, y: 6 }, targetPosition: { x: box.width - 4, y: box.height / 2 } })]);
    tab.expect((await names()).at(-1) === name, 'dragging does not move a stage');
  }

  await stage.locator('a').first().click();
  if (script) await page.waitForSelector('dialog[open] #part');
  else await page.waitForLoadState();
  page.once('dialog', (dialog) => dialog.accept());
  await tab.follow(page.locator('#part button[value=remove]'));
  tab.expect(!(await names()).includes(name), 'a stage that was removed is still there');
  await tab.follow(page.locator('.journey-editing form[action*="/restore"] button'));
  tab.expect((await names()).includes(name), 'undo does not bring it back');
}
