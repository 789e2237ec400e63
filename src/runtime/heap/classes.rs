//! The sizes of small blocks: 16 to 128 bytes in steps of 16, and then four for each doubling.

/// The largest small block.
pub(super) const MAX_SMALL: usize = 32 << 10;
pub(super) const CLASSES: usize = 40;

/// Of 16, 32, … 128 bytes, and then four for each doubling.
pub(super) const fn class_of(size: usize) -> usize {
    if size <= 128 {
        return if size == 0 { 0 } else { (size - 1) / 16 };
    }
    let e = (size - 1).ilog2();
    8 + (e as usize - 7) * 4 + ((size - 1) >> (e - 2)) - 4
}

pub(super) const SIZES: [u32; CLASSES] = {
    let mut sizes = [0; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        sizes[class] = match class {
            0..8 => (class as u32 + 1) * 16,
            _ => {
                let (doubling, quarter) = ((class as u32 - 8) / 4, (class as u32 - 8) % 4);
                (128 << doubling) / 4 * (5 + quarter)
            }
        };
        class += 1;
    }
    sizes
};

const _: () =
    assert!(class_of(MAX_SMALL) == CLASSES - 1 && SIZES[CLASSES - 1] as usize == MAX_SMALL);
