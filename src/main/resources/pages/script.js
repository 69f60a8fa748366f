// What pages can do only in a browser: times by the reader's own clock, and a guess of its zone.
(() => {
  const root = document.documentElement;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  if (root.dataset.clock === 'own') {
    const tag = navigator.languages.find(it => it.split('-')[0] === root.lang) || root.lang;
    const format = new Intl.DateTimeFormat(tag, {
      dateStyle: 'long', timeStyle: 'short', timeZone: zone
    });
    for (const time of document.querySelectorAll('time[datetime]')) {
      time.title = time.textContent;
      time.textContent = format.format(new Date(time.dateTime));
    }
    for (const note of document.querySelectorAll('.clock')) {
      note.textContent = `${note.dataset.words} ${zone.replaceAll('_', ' ')}.`;
    }
  }
  for (const select of document.querySelectorAll('select[data-guess]')) {
    if ([...select.options].some(option => option.value === zone)) select.value = zone;
  }
  document.querySelector('[autofocus]')?.focus();
})();
