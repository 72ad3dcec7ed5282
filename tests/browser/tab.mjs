// A page in a real Chromium that remembers everything it had to complain about.
import { readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Chromium's own errands have no place in a test, nor has its sandbox in a container.
const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-extensions'];

/** Opens a tab; `options` are those of run.mjs. */
export async function openTab(options) {
  const browser = await chromium.launch({ executablePath: options.chromium, args: quiet });
  const context = await browser.newContext({
    baseURL: options.base,
    viewport: { width: Number(options.width), height: 844 },
    locale: options.language,
    javaScriptEnabled: options.script !== 'false',
    storageState: options.state && existsSync(options.state) ? options.state : undefined,
  });
  await context.addCookies([{ name: 'lang', value: options.language, url: options.base }]);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && !isRefusal(message.text()) && faults.push(`console: ${message.text()} on ${page.url()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message} on ${page.url()}`));
  page.on('response', (response) => (response.status() >= 500 || (response.status() === 404 && response.request().resourceType() !== 'document')) && faults.push(`${response.status()} ${response.url()}`));
  // What is aborted was left behind by the next step.
  page.on('requestfailed', (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && faults.push(`${request.failure()?.errorText} ${request.url()}`));

  return {
    page,
    faults,
    options,

    /** Goes to a path and expects a page there. */
    async open(path) {
      const response = await page.goto(path);
      if (response && !response.ok()) faults.push(`${response.status()} at ${path}`);
    },

    /** Looks the present page over: accessibility, width, heading, language. */
    async check() {
      const where = new URL(page.url()).pathname;
      // axe waits on timers, which a page without script never fires; the same markup is looked over with script.
      if (options.script !== 'false') {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        for (const { id, impact, nodes } of violations.filter((violation) => ['serious', 'critical'].includes(violation.impact)))
          faults.push(`axe ${impact} ${id} on ${where}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 120)}`).join(' | ')}`);
      }
      const seen = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        headings: document.querySelectorAll('h1').length,
        language: document.documentElement.lang,
      }));
      if (seen.wide > 0) faults.push(`${where} is ${seen.wide} px too wide for ${options.width} px`);
      if (seen.headings !== 1) faults.push(`${where} has ${seen.headings} main headings`);
      if (seen.language !== options.language) faults.push(`${where} is in ${seen.language}, not ${options.language}`);
    },

    /** Clicks and waits for the page that follows. */
    async follow(locator) {
      await Promise.all([page.waitForEvent('load'), locator.click()]);
    },

    expect(holds, what) {
      if (!holds) faults.push(`${what} on ${page.url()}`);
    },

    async close() {
      if (options.save) await context.storageState({ path: options.save });
      await browser.close();
    },
  };
}

// The browser logs answers it was meant to get: a form refused, a page that is not there.
const isRefusal = (text) => text.startsWith('Failed to load resource: the server responded with a status of 4');
