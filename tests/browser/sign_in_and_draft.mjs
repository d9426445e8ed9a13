// Signs in, makes an agreement from an institution and finds it in the list, at the width of a desk and
// of a phone. On every page: no serious finding of axe, no console error, nothing from elsewhere, nothing
// wider than the window. Called by tests/app/browser.rs:
//   node sign_in_and_draft.mjs BASE_URL EMAIL PASSWORD CHROMIUM
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [base, email, password, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const findings = [];
let checked = 0;

/** Notes what must not happen on any page of a context. */
function watch(page, width) {
  const note = (what) => findings.push(`${width} px, ${page.url().replace(base, "")}: ${what}`);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    dialog.accept();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== base) note(`asks ${url.origin}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) note(`${response.status()} ${response.url().replace(base, "")}`);
  });
}

/** Holds a page against axe and the width of its window. */
async function check(page, name, width) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document, { resultTypes: ["violations"] }),
  );
  for (const { id, impact, nodes } of violations) {
    if (impact === "serious" || impact === "critical") {
      const where = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary.replaceAll("\n", " ")})`);
      findings.push(`${width} px, ${name}: ${impact} ${id}: ${where.join("; ")}`);
    }
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) findings.push(`${width} px, ${name}: ${wider} px wider than the window`);
  checked += 1;
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function journey(browser, width, purpose) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "id-ID", reducedMotion: "reduce" });
  const page = await context.newPage();
  watch(page, width);

  await page.goto(`${base}/perjanjian`);
  expect(page.url().startsWith(`${base}/masuk?next=`), `led to ${page.url()} instead of the sign-in`);
  await check(page, "sign-in", width);
  await page.getByLabel("Surel").fill(email);
  await page.getByLabel("Kata sandi").fill(password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await page.waitForURL(`${base}/perjanjian`);
  await check(page, "list", width);
  await page.goto(`${base}/`);
  await check(page, "dashboard", width);
  for (const path of ["tenggat", "tugas", "instansi", "dasar-hukum", "surel", "catatan"]) {
    await page.goto(`${base}/${path}`);
    await check(page, path, width);
  }

  await page.goto(`${base}/perjanjian/baru`);
  await page.getByRole("link", { name: "Pilih instansi" }).click();
  await page.waitForURL(`${base}/perjanjian/baru/pilih`);
  await page.getByLabel("Instansi", { exact: true }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Lanjut" }).last().click();
  await page.waitForURL(/\/perjanjian\/baru\?instansi=/);
  const agency = await page.locator("[name='user.institution.name']").inputValue();
  expect(agency.length > 3, "the institution's name does not stand in the form");
  await check(page, "form", width);
  // Refused first, beside its field, with what was typed kept.
  await page.locator("[name='user.official.nip']").fill("123");
  await page.locator("[name='subject.purpose']").fill(purpose);
  const answers = findings.length;
  await page.locator(".savebar button").click();
  await page.getByRole("alert").waitFor();
  // The browser calls a refused form an error; here it is the answer that was asked for.
  for (let at = findings.length - 1; at >= answers; at -= 1) {
    if (findings[at].includes("422")) findings.splice(at, 1);
  }
  expect((await page.locator("[name='subject.purpose']").inputValue()) === purpose, "what was typed is gone");
  await check(page, "refused form", width);
  await page.locator("[name='user.official.nip']").fill("");
  await page.locator(".savebar button").click();
  await page.waitForURL(/\/perjanjian\/[0-9a-f-]{36}$/);
  expect((await page.getByRole("status").innerText()).includes("Rancangan disimpan"), "nothing says that it was saved");
  await check(page, "agreement", width);
  const address = page.url().replace(base, "");

  await page.goto(`${base}/perjanjian?cari=${encodeURIComponent(purpose)}`);
  expect((await page.locator(`a[href='${address}']`).count()) > 0, `${address} is not in the list`);
  expect((await page.locator("main").innerText()).includes(agency), `${agency} is not in the list`);

  // Everybody signs out in the end; on a phone the button stands in the menu.
  if (width < 800) await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("button", { name: "Keluar" }).click();
  await page.waitForURL(`${base}/masuk`);
  await page.goto(`${base}${address}`);
  expect(page.url().startsWith(`${base}/masuk`), "the session outlived the sign-out");
  await context.close();
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  await journey(browser, 1360, "pendataan dari meja kerja");
  await journey(browser, 390, "pendataan dari ponsel");
} catch (error) {
  findings.push(String(error.message ?? error));
} finally {
  await browser.close();
}
for (const finding of findings) console.error(finding);
console.log(`${checked} pages checked, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
