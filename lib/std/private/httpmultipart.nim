# A part of `httpclient`: bodies that have several parts, such as files of a form.

type
  MultipartEntry = object
    name, content: string
    case isFile: bool
    of true:
      filename, contentType: string
      fileSize: int64
      isStream: bool # `content` is the path, and the file is read when it is sent
    else: discard
  MultipartEntries* = openArray[tuple[name, content: string]]
    ## Names and what they stand for.
  MultipartData* = ref object
    ## The parts.
    content: seq[MultipartEntry]

proc newMultipartData*(): MultipartData = MultipartData()
  ## No parts yet.

proc add*(p: MultipartData, name, content: string, filename: string = "", contentType: string = "", useStream = true) =
  ## Adds a part, which is a file when it has a file's name: then the content is its path, or with `useStream = false` what
  ## it holds.
  for (what, text) in {"name": name, "filename": filename, "contentType": contentType}:
    if {'\c', '\l'} in text: raise newException(ValueError, what & " contains a newline character")
  if filename.len == 0:
    p.content.add MultipartEntry(name: name, content: content, isFile: false)
  else:
    p.content.add MultipartEntry(name: name, content: content, isFile: true, filename: filename, contentType: contentType,
      isStream: useStream)

proc add*(p: MultipartData, xs: MultipartEntries): MultipartData {.discardable.} =
  ## Adds parts.
  for (name, content) in xs: p.add(name, content)
  p

proc newMultipartData*(xs: MultipartEntries): MultipartData = MultipartData().add(xs)
  ## These parts.

proc addFiles*(p: MultipartData, xs: openArray[tuple[name, file: string]], mimeDb = newMimetypes(),
               useStream = true): MultipartData {.discardable.} =
  ## Adds files, whose types are those of their extensions.
  for (name, file) in xs:
    let (_, base, ext) = splitFile(file)
    let contentType = if ext.len > 0: mimeDb.getMimetype(ext.substr(1), "") else: ""
    p.add(name, (if useStream: file else: readFile(file)), base & ext, contentType, useStream)
  p

proc `[]=`*(p: MultipartData, name, content: string) = p.add(name, content)
  ## Adds a part.

proc `[]=`*(p: MultipartData, name: string, file: tuple[name, contentType, content: string]) =
  ## Adds a file that holds `content`.
  p.add(name, file.content, file.name, file.contentType, useStream = false)

proc `$`*(data: MultipartData): string =
  ## The parts, to be looked at.
  const line = "-".repeat(30)
  for i, entry in data.content:
    result.add line & center($i, 3) & line & "\nname=\"" & entry.name & "\""
    if entry.isFile: result.add "; filename=\"" & entry.filename & "\"\nContent-Type: " & entry.contentType
    result.add "\n\n" & entry.content & "\n"

proc boundary(p: MultipartData): string =
  # A number that is in none of the parts.
  while true:
    result = $rand(int.high)
    var found = false
    for entry in p.content: found = found or result in entry.content
    if not found: return

proc head(entry: MultipartEntry, boundary: string): string =
  # What comes before a file's content; all of another part.
  result = "--" & boundary & httpNewLine & "Content-Disposition: form-data; name=\"" & entry.name & "\""
  if entry.isFile:
    result.add "; filename=\"" & entry.filename & "\"" & httpNewLine & "Content-Type: " & entry.contentType & httpNewLine
  else:
    result.add httpNewLine & httpNewLine & entry.content
  result.add httpNewLine

proc format(p: MultipartData, headers: HttpHeaders): seq[string] =
  # What stands around the files; what the headers say of it is set.
  let mark = boundary(p)
  var length = 0
  for entry in p.content.mitems:
    result.add entry.head(mark)
    if entry.isFile:
      entry.fileSize = if entry.isStream: getFileSize(entry.content) else: int64(entry.content.len)
      length += int(entry.fileSize) + httpNewLine.len
  result.add "--" & mark & "--" & httpNewLine
  for text in result: length += text.len
  headers["Content-Type"] = "multipart/form-data; boundary=" & mark
  headers["Content-Length"] = $length
