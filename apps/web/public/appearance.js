// Before the first paint, so that a dark room stays dark. Not inline: the page allows no such scripts.
for (const name of ['theme', 'density']) {
  const value = localStorage.getItem(`chatapp.${name}`)
  if (value && value !== 'system') document.documentElement.dataset[name] = value
}
