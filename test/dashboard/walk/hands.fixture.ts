import type { Locator, Page } from 'playwright-core';

/** How a person works the page: two ways, to the same end. */
export interface Hands {
  /** Presses a button or follows a link. */
  press(control: Locator): Promise<void>;
  /** Types into a field, instead of what was there. */
  fill(field: Locator, text: string): Promise<void>;
  /** Chooses of a list. */
  choose(list: Locator, option: string): Promise<void>;
  /** Chooses one of several. */
  mark(choice: Locator): Promise<void>;
}

export const byPointer: Hands = {
  press: (control) => control.click(),
  fill: (field, text) => field.fill(text),
  choose: async (list, option) => {
    await list.selectOption(option);
  },
  mark: (choice) => choice.check(),
};

/** More controls than any page has between two. */
const mostSteps = 400;

const isFocused = (control: Locator) => control.evaluate((element) => element === document.activeElement);

/** Walks there with Tab alone, as whoever has no pointer must. */
async function walkTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let step = 0; step < mostSteps; step += 1) {
    if (await isFocused(control)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(control)}.`);
}

/** Only keys: Tab, Enter, Space, arrows and letters. */
export function byKeyboard(page: Page): Hands {
  return {
    async press(control) {
      await walkTo(page, control);
      await page.keyboard.press('Enter');
    },
    async fill(field, text) {
      await walkTo(page, field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async choose(list, option) {
      await walkTo(page, list);
      const options = await list
        .locator('option')
        .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
      const away =
        options.indexOf(option) -
        (await list.evaluate((element) => (element as HTMLSelectElement).selectedIndex));
      await page.keyboard.press('Alt+ArrowDown');
      for (let step = 0; step < Math.abs(away); step += 1)
        await page.keyboard.press(away > 0 ? 'ArrowDown' : 'ArrowUp');
      await page.keyboard.press('Enter');
    },
    async mark(choice) {
      // Tab reaches a group of choices once; arrows go on within.
      const group = choice.locator('xpath=ancestor::fieldset[1]');
      await choice.waitFor();
      for (let step = 0; step < mostSteps; step += 1) {
        if (await group.evaluate((element) => element.contains(document.activeElement))) break;
        await page.keyboard.press('Tab');
      }
      for (let step = 0; step < 5 && !(await choice.isChecked()); step += 1)
        await page.keyboard.press('ArrowDown');
    },
  };
}
