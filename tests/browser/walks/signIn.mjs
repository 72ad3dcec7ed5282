// By the one-time link, then with a password of one's own: wrong first, then right.
const password = 'a horse, a battery, a staple';

export async function walk(tab) {
  const { page, options } = tab;
  await tab.open(options.link);
  await tab.check();
  await tab.follow(page.locator('#sign-in button'));
  tab.expect(new URL(page.url()).pathname === '/', 'the link does not lead to the Overview');
  await tab.check();
  await tab.open('/profile');
  const email = (await page.locator('main').textContent()).match(/[\w.]+@[\w.]+/)[0];

  await tab.open('/profile/password');
  await page.fill('#change-password [name=password]', password);
  await tab.follow(page.locator('#change-password button'));
  tab.expect(new URL(page.url()).pathname === '/sign-in', 'a new password does not ask to sign in with it');

  await tab.open('/work-orders');
  tab.expect(new URL(page.url()).pathname === '/sign-in', 'the workbench opens without a session');
  await tab.check();
  await signIn(tab, email, 'not the password');
  tab.expect(await page.locator('.error-summary').count(), 'a wrong password is not told');
  await tab.check();
  await signIn(tab, email, password);
  tab.expect(new URL(page.url()).pathname === '/work-orders', 'signing in does not lead back');
  await page.evaluate(() => document.querySelectorAll('details').forEach((menu) => { menu.open = true; }));
  await tab.follow(page.locator('form.sign-out button').locator('visible=true').first());
  await tab.open('/');
  tab.expect(new URL(page.url()).pathname === '/sign-in', 'signing out leaves the door open');
  await signIn(tab, email, password);
}

async function signIn(tab, email, secret) {
  await tab.page.fill('#sign-in [name=email]', email);
  await tab.page.fill('#sign-in [name=password]', secret);
  await tab.follow(tab.page.locator('#sign-in button'));
}
