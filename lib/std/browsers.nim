## Showing a page in the user's browser.

import std/[os, osproc, strutils]

const osOpenCmd* = when defined(macosx): "open" else: "xdg-open" ## What opens it.

proc open(url: string) =
  let url = quoteShell(if "://" in url: url else: "file://" & absolutePath(url))
  if execShellCmd(osOpenCmd & " " & url) == 0: return
  when not defined(macosx):
    for browser in getEnv("BROWSER").split(PathSep):
      try:
        discard startProcess(command = browser, args = [url], options = {poUsePath})
        return
      except OSError: discard

proc openDefaultBrowser*(url: string) =
  ## Shows the page, or the file. Whether that works is not known.
  doAssert url.len > 0, "URL must not be empty string"
  open(url)

proc openDefaultBrowser*() = open("http:about:blank")
  ## Shows an empty page.
