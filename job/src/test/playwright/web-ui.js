// Watches a run in Flink's web UI as a user does. What is not there in time is an error.
//   node web-ui.js WEB_UI JOB PICTURES   (NODE_PATH: where playwright-core is)
const path = require('path');
const {chromium} = require('playwright-core');

const [address, job, pictures] = process.argv.slice(2);
const PATIENCE = 60_000;
const MOVES = Number(process.env.MOVES || 2); // of the loss; a picture wants more
const OPERATORS = ['mini-batches', 'dispatch', 'combine', 'aggregate root', 'parameter server', 'curve'];

async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('not within ' + PATIENCE / 1000 + ' s: ' + what);
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage({viewport: {width: 1500, height: 900}});
    page.setDefaultTimeout(PATIENCE);
    const picture = name => page.screenshot({path: path.join(pictures, name + '.png')});
    const text = () => page.evaluate(() => document.body.innerText);

    // The graph, with our operators in it.
    await page.goto(`${address}/#/job/running/${job}/overview`);
    const nodes = page.locator('flink-dagre g.node');
    await nodes.first().waitFor();
    // The UI breaks lines within words.
    let graph = '';
    await until('the graph has ' + OPERATORS, async () => {
      graph = (await nodes.allTextContents()).join(' ').replace(/\s+/g, '');
      return OPERATORS.every(name => graph.includes(name.replace(/\s/g, '')));
    });
    await picture('graph');
    console.log('graph: ' + graph);

    // The loss of the parameter server, chosen as a user chooses a metric; it moves.
    await page.locator('a').filter({hasText: 'parameter server'}).first().click();
    await page.getByText('Metrics', {exact: true}).last().click();
    const choice = page.locator('flink-job-overview-drawer-chart nz-select');
    await choice.click();
    await page.keyboard.type('parameter_server.loss');
    const option = page.locator('nz-option-item').filter({hasText: /parameter_server\.loss/}).first();
    await option.waitFor();
    await option.click();
    await page.keyboard.press('Escape');
    await page.getByText('Numeric', {exact: true}).click(); // the chart itself is a canvas
    const chart = page.locator('flink-job-overview-drawer-chart');
    const values = new Set();
    await until('the loss moves', async () => {
      for (const value of (await chart.innerText()).match(/\d+\.\d+/g) || []) values.add(value);
      return values.size > MOVES;
    });
    await page.getByText('Chart', {exact: true}).click();
    await page.getByText('Big', {exact: true}).click();
    await page.locator('flink-job-overview-drawer-chart canvas').first().waitFor();
    await picture('loss');
    console.log('loss: ' + [...values].join(' '));

    // Checkpoints complete.
    await page.goto(`${address}/#/job/running/${job}/checkpoints`);
    await page.getByText('Completed', {exact: false}).first().waitFor();
    let completed = 0;
    await until('two checkpoints', async () => {
      const found = /Completed:?\s*(\d+)/.exec(await text());
      completed = found ? Number(found[1]) : 0;
      return completed >= 2;
    });
    await picture('checkpoints');
    console.log('checkpoints: ' + completed);
  } catch (e) {
    await browser.contexts()[0]?.pages()[0]?.screenshot({path: path.join(pictures, 'failed.png')});
    throw e;
  } finally {
    await browser.close();
  }
}

main().catch(e => {
  console.error(e);
  process.exit(1);
});
