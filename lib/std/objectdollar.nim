## `$` of objects, which every module has without an import.

export system.`$`
