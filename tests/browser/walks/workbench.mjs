// Every page that the navigation leads to, and one of each kind that these lead to.
export async function walk(tab) {
  const { page } = tab;
  await tab.open('/');
  const queue = ['/', ...(await links(page, '.nav a'))];
  const kinds = new Set();
  const seen = new Set();
  tab.expect(queue.length > 6, 'the navigation is nearly empty');

  for (const path of queue) {
    if (seen.has(path)) continue;
    seen.add(path);
    await tab.open(path);
    await tab.check();
    for (const link of await links(page, 'main a')) {
      const kind = kindOf(link);
      if (kinds.has(kind) || link.endsWith('.csv') || link.includes('/rejected')) continue;
      kinds.add(kind);
      queue.push(link);
    }
  }
}

const links = (page, selector) => page.locator(selector).evaluateAll((found) => [...new Set(found.map((link) => link.getAttribute('href')).filter((href) => href?.startsWith('/')))]);

// One account is like another, one settings page is not like another.
const kindOf = (link) => {
  const path = link.split('?')[0];
  const [, area, , ...rest] = path.split('/');
  return ['settings', 'insights', 'profile'].includes(area) ? path.replace(/[^/]*\d[^/]*/g, '*') : [area, path.split('/').length, ...rest.map((part) => part.replace(/.*\d.*/, '*'))].join('/');
};
