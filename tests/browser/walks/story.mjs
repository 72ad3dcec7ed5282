// The account that the sample is about: busy, unhappy, about to leave, and nobody joined the reports. It must be seen
// wherever a manager looks, with the place where it hurts.
export async function walk(tab) {
  const { page } = tab;
  const [name, danger, place] = tab.options.language === 'en' ? ['Hengyue Precision', 'Hidden churn', 'OA integration'] : ['Hengyue Precision', '隐性流失', 'OA 对接同步'];
  const told = (text, where) => {
    for (const words of [danger, place]) tab.expect(text?.includes(words), `${where} does not say '${words}' of ${name}`);
  };

  await tab.open('/');
  told(await page.locator('main tr', { hasText: name }).first().textContent(), 'the overview');
  await tab.open('/insights/accounts');
  told(await page.locator('#accounts tr', { hasText: name }).first().textContent(), 'the map of accounts');
  await tab.open('/accounts/acct-017');
  told(await page.locator('#health').textContent(), 'its own page');
  tab.expect(await page.locator('main a[href^="/work-orders/"]').count(), 'its own page names no work order');
  await tab.open('/reports');
  await tab.follow(page.locator('main tbody a[href^="/reports/"]').first());
  const report = await page.locator('#at-risk').textContent();
  tab.expect(report.includes(name), `the report does not name ${name}`);
  told(report, 'the report');
  tab.expect((await page.locator('#priorities').textContent()).includes('OA'), 'the report does not say that OA is to be improved first');
  await tab.open('/insights/quadrant');
  tab.expect((await page.locator('.answer').textContent()).includes('OA'), 'the quadrant does not put OA first');
  // Of 240 accounts some are in danger, not most.
  await tab.open('/insights/accounts?field=hiddenChurn');
  const hidden = await page.locator('#accounts tbody tr').count();
  tab.expect(hidden >= 5 && hidden <= 25, `${hidden} accounts are hidden churn`);
}
