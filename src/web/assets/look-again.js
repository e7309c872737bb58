// Where a page shows how far long work is, brings its words up to date without loading it anew: a page that reloads by itself takes the place away from who
// reads it with a screen reader (WCAG 2.2.4). Without scripts its link does the same when it is pressed.
const look = (main, seconds) =>
  setTimeout(async () => {
    const fresh = await fetch(location.href, { headers: { accept: 'text/html' } })
      .then(async (answer) => (answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined))
      .catch(() => undefined)
    const next = fresh?.querySelector('main')
    // Nothing is taken away from under whoever has gone to it by keyboard.
    if (next && !main.contains(document.activeElement)) {
      const [said, says] = [main.querySelector('[role=status]'), next.querySelector('[role=status]')]
      const [bar, moved] = [main.querySelector('progress'), next.querySelector('progress')]
      if (next.dataset.lookAgain && said && says && !bar === !moved) {
        if (said.textContent !== says.textContent) said.replaceChildren(...says.childNodes)
        if (bar) bar.value = moved.value
      } else main.replaceChildren(...next.childNodes)
      if (!next.dataset.lookAgain) return delete main.dataset.lookAgain
    }
    look(main, seconds)
  }, seconds * 1000)
for (const main of document.querySelectorAll('main[data-look-again]')) look(main, Number(main.dataset.lookAgain))
