// node run.mjs --walk survey --base http://127.0.0.1:5080 --width 390 --language en [--script false] [--state FILE] [--save FILE] ...
// One walk through the pages; exits with 1 and says what was wrong.
import { openTab } from './tab.mjs';

const options = { chromium: '/usr/bin/chromium', width: '1280', language: 'en' };
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];

const { walk } = await import(`./walks/${options.walk}.mjs`);
const tab = await openTab(options);
try {
  await walk(tab);
} catch (error) {
  tab.faults.push(`${error.message} on ${tab.page.url()}`);
}
await tab.close();
for (const fault of new Set(tab.faults)) console.log(fault);
process.exit(tab.faults.length ? 1 : 0);
