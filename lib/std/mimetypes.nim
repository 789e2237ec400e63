## The media types of files, by extension.

import std/[strtabs, strutils]

type MimeDB* = object
  ## Media types by extension.
  mimes: StringTableRef

const mimes* = {
  "aac": "audio/aac", "ai": "application/postscript", "aif": "audio/x-aiff", "aiff": "audio/x-aiff",
  "apk": "application/vnd.android.package-archive", "asc": "text/plain", "asm": "text/x-asm", "atom": "application/atom+xml",
  "au": "audio/basic", "avi": "video/x-msvideo", "avif": "image/avif", "bin": "application/octet-stream",
  "bmp": "image/bmp", "bz": "application/x-bzip", "bz2": "application/x-bzip2", "c": "text/x-c",
  "cab": "application/vnd.ms-cab-compressed", "cbr": "application/x-cbr", "cc": "text/x-c", "cer": "application/pkix-cert",
  "class": "application/java-vm", "conf": "text/plain", "cpp": "text/x-c", "crl": "application/pkix-crl",
  "crt": "application/x-x509-ca-cert", "csh": "application/x-csh", "css": "text/css", "csv": "text/csv",
  "cxx": "text/x-c", "deb": "application/x-debian-package", "der": "application/x-x509-ca-cert", "dib": "image/bmp",
  "djvu": "image/vnd.djvu", "dll": "application/octet-stream", "dmg": "application/octet-stream", "doc": "application/msword",
  "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "dtd": "application/xml-dtd",
  "dvi": "application/x-dvi", "dxf": "image/vnd.dxf", "ecma": "application/ecmascript",
  "eot": "application/vnd.ms-fontobject", "eps": "application/postscript", "epub": "application/epub+zip",
  "exe": "application/x-msdownload", "f": "text/x-fortran", "f77": "text/x-fortran", "f90": "text/x-fortran",
  "flac": "audio/flac", "flv": "video/x-flv", "for": "text/x-fortran", "gif": "image/gif", "gz": "application/gzip",
  "h": "text/x-c", "hdf": "application/x-hdf", "hh": "text/x-c", "hlp": "application/winhlp", "hpp": "text/x-c",
  "hqx": "application/mac-binhex40", "htm": "text/html", "html": "text/html", "ico": "image/x-icon", "ics": "text/calendar",
  "ifb": "text/calendar", "iso": "application/octet-stream", "jar": "application/java-archive", "java": "text/x-java-source",
  "jpe": "image/jpeg", "jpeg": "image/jpeg", "jpg": "image/jpeg", "js": "text/javascript", "json": "application/json",
  "latex": "application/x-latex", "log": "text/plain", "m3u": "audio/x-mpegurl", "m4a": "audio/mp4", "m4v": "video/x-m4v",
  "man": "text/troff", "markdown": "text/x-markdown", "md": "text/x-markdown", "mid": "audio/midi", "midi": "audio/midi",
  "mjs": "text/javascript", "mkv": "video/x-matroska", "mml": "application/mathml+xml", "mov": "video/quicktime",
  "mp2": "audio/mpeg", "mp3": "audio/mpeg", "mp4": "video/mp4", "mpeg": "video/mpeg", "mpg": "video/mpeg",
  "mpga": "audio/mpeg", "nim": "text/nim", "nimble": "text/nimble", "nimf": "text/nim", "nims": "text/nim",
  "odp": "application/vnd.oasis.opendocument.presentation", "ods": "application/vnd.oasis.opendocument.spreadsheet",
  "odt": "application/vnd.oasis.opendocument.text", "oga": "audio/ogg", "ogg": "audio/ogg", "ogv": "video/ogg",
  "ogx": "application/ogg", "opus": "audio/ogg", "otf": "font/otf", "p": "text/x-pascal", "p12": "application/x-pkcs12",
  "pas": "text/x-pascal", "pbm": "image/x-portable-bitmap", "pdf": "application/pdf", "pgm": "image/x-portable-graymap",
  "pgp": "application/pgp-encrypted", "php": "application/x-httpd-php", "pl": "text/plain", "png": "image/png",
  "pnm": "image/x-portable-anymap", "ppm": "image/x-portable-pixmap", "ppt": "application/vnd.ms-powerpoint",
  "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ps": "application/postscript",
  "psd": "image/vnd.adobe.photoshop", "py": "text/x-python", "qt": "video/quicktime", "rar": "application/x-rar-compressed",
  "rdf": "application/rdf+xml", "rss": "application/rss+xml", "rtf": "application/rtf", "rtx": "text/richtext",
  "s": "text/x-asm", "sgm": "text/sgml", "sgml": "text/sgml", "sh": "application/x-sh", "sql": "application/sql",
  "svg": "image/svg+xml", "svgz": "image/svg+xml", "swf": "application/x-shockwave-flash", "t": "text/troff",
  "tar": "application/x-tar", "tcl": "application/x-tcl", "tex": "application/x-tex", "text": "text/plain",
  "tif": "image/tiff", "tiff": "image/tiff", "toml": "application/toml", "torrent": "application/x-bittorrent",
  "tsv": "text/tab-separated-values", "ttf": "font/ttf", "txt": "text/plain", "vcf": "text/x-vcard",
  "wasm": "application/wasm", "wav": "audio/x-wav", "wave": "audio/x-wav", "weba": "audio/webm", "webm": "video/webm",
  "webp": "image/webp", "wma": "audio/x-ms-wma", "wmv": "video/x-ms-wmv", "woff": "font/woff", "woff2": "font/woff2",
  "xhtml": "application/xhtml+xml", "xls": "application/vnd.ms-excel",
  "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xml": "application/xml",
  "xpm": "image/x-xpixmap", "xsl": "application/xml", "xslt": "application/xslt+xml", "yaml": "text/yaml", "yml": "text/yaml",
  "zip": "application/zip", "7z": "application/x-7z-compressed"}
  ## The common ones.

func newMimetypes*(): MimeDB = MimeDB(mimes: mimes.newStringTable())
  ## All that are known.

func getMimetype*(mimedb: MimeDB, ext: string, default = "text/plain"): string =
  ## The type of a file with that extension, with or without its dot.
  var key = ext.toLowerAscii
  if key.startsWith("."): key = key[1 .. ^1]
  mimedb.mimes.getOrDefault(key, default)

func getExt*(mimedb: MimeDB, mimetype: string, default = "txt"): string =
  ## An extension of files of a type.
  result = default
  let wanted = mimetype.toLowerAscii
  for ext, kind in mimedb.mimes:
    if kind == wanted: result = ext

func register*(mimedb: var MimeDB, ext: string, mimetype: string) =
  ## Adds a type.
  assert ext.strip.len > 0, "ext argument can not be empty string"
  assert mimetype.strip.len > 0, "mimetype argument can not be empty string"
  mimedb.mimes[ext.toLowerAscii] = mimetype.toLowerAscii
