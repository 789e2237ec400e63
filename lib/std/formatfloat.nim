## Floats as text, which every module has without an import.

export system.addFloat, system.`$`
