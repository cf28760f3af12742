/** Shown at `/` where no web client has been built. */
export const frontPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ChatApp</title>
<style>
  :root { --ground: #fbfbfa; --ink: #1c1d1f; --soft: #5d6066; --accent: #2456c7; }
  @media (prefers-color-scheme: dark) {
    :root { --ground: #161719; --ink: #ececea; --soft: #a3a6ad; --accent: #8fb2ff; }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: var(--ground); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
  main { max-width: 34rem; padding: 2rem; }
  h1 { margin: 0 0 .5rem; font-size: 2rem; letter-spacing: -.02em; }
  p { margin: 0 0 1rem; color: var(--soft); }
  a { color: var(--accent); }
  li { margin: .25rem 0; }
</style>
</head>
<body>
<main>
  <h1>ChatApp is running</h1>
  <p>The server is up and takes calls. Its web client has not been built on this machine, so there is
  nothing to sign in to here yet.</p>
  <ul>
    <li><a href="/docs">How to call the API</a></li>
    <li><a href="/openapi.json">REST, as OpenAPI</a> and <a href="/asyncapi.json">the socket, as AsyncAPI</a></li>
    <li><a href="/readyz">Whether everything behind it is ready</a></li>
  </ul>
</main>
</body>
</html>
`
