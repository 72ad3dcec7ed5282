// One work order from open to closed.
export async function walk(tab) {
  const { page, options } = tab;
  await tab.open('/work-orders');
  await tab.check();
  await tab.open(options.path);
  await tab.check();

  await tab.follow(page.locator('form[action$="/accept"] button'));
  await tab.check();
  await page.fill('form[action$="/resolve"] [name=cause]', 'A renamed field in the OA');
  await page.fill('form[action$="/resolve"] [name=actionTaken]', 'Mapping updated, stuck trips freed');
  await tab.follow(page.locator('form[action$="/resolve"] button'));
  await tab.check();
  await tab.follow(page.locator('form[action$="/close"] button'));
  await tab.check();

  tab.expect(await page.locator('form[action$="/reopen"]').count(), 'a closed work order cannot be reopened');
  tab.expect(!(await page.locator('form[action$="/close"], form[action$="/accept"], form[action$="/resolve"]').count()), 'a closed work order offers steps that make no sense');
  const told = await page.locator('main').textContent();
  tab.expect(told.includes('A renamed field in the OA') && told.includes('Mapping updated, stuck trips freed'), 'cause and action are not shown');
}
