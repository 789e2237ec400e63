//! What a heap keeps, at its limits and under threads.

use super::classes::SIZES;
use super::*;

fn heap(size: usize) -> Heap {
    Heap::new(&Arc::new(Window::new(size).expect("address space"))).expect("a heap")
}

/// Small, even steps through all numbers (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// Mostly small, sometimes some chunks.
    fn size(&mut self) -> usize {
        let bits = self.below(20);
        self.below(1 << bits) as usize
    }
}

struct Block {
    address: usize,
    bytes: Vec<u8>,
}

impl Block {
    /// Has the heap kept what was written? Then writes something else.
    fn check_and_fill(&mut self, with: u8) {
        let size = self.bytes.len();
        // SAFETY: the block is in use and has `size` bytes.
        let actual = unsafe { std::slice::from_raw_parts_mut(self.address as *mut u8, size) };
        assert!(
            actual == self.bytes,
            "a block of {size} bytes was overwritten or not cleared"
        );
        actual.fill(with);
        self.bytes.fill(with);
    }
}

#[test]
fn every_size_has_the_least_class_that_fits() {
    for size in 0..=MAX_SMALL {
        let class = class_of(size);
        assert!(SIZES[class] as usize >= size);
        assert!(class == 0 || (SIZES[class - 1] as usize) < size);
        assert_eq!(SIZES[class] % 16, 0);
    }
}

#[test]
fn it_behaves_as_a_set_of_separate_blocks() {
    for seed in 1..=6 {
        let heap = heap(256 << 20);
        let mut random = Random(0x9e37_79b9_7f4a_7c15 >> seed);
        let mut blocks: Vec<Block> = Vec::new();
        for step in 0..20_000u32 {
            let what = random.below(10);
            if what < 5 || blocks.is_empty() {
                let size = random.size();
                let address = heap.allocate(size);
                assert!(address != 0 && address.is_multiple_of(16));
                blocks.push(Block {
                    address,
                    bytes: vec![0; size],
                });
            } else if what < 9 {
                let index = random.below(blocks.len() as u64) as usize;
                let mut block = blocks.swap_remove(index);
                block.check_and_fill(0xaa);
                // SAFETY: a block of the heap, not used again.
                unsafe { heap.free(block.address) };
            } else {
                let index = random.below(blocks.len() as u64) as usize;
                let (block, size) = (&mut blocks[index], random.size());
                // SAFETY: a block of the heap with so many bytes.
                block.address = unsafe { heap.reallocate(block.address, block.bytes.len(), size) };
                block.bytes.resize(size, 0);
            }
            if let Some(block) = blocks.last_mut() {
                block.check_and_fill(step as u8);
            }
            assert_eq!(heap.live_blocks(), blocks.len());
        }
        for block in &mut blocks {
            block.check_and_fill(1);
            // SAFETY: a block of the heap, not used again.
            unsafe { heap.free(block.address) };
        }
        let stats = heap.stats();
        assert_eq!(stats.live_blocks, 0);
        assert!(
            stats.used_bytes <= CLASSES * CHUNK,
            "only one chunk of each class is kept: {stats:?}"
        );
    }
}

#[test]
fn memory_stays_flat_when_what_is_freed_is_asked_for_again() {
    let heap = heap(256 << 20);
    let mut first = 0;
    for round in 0..200 {
        let blocks: Vec<_> = (0..300)
            .map(|i| heap.allocate((i * 37 + round * 1001) % 70_000))
            .collect();
        // SAFETY: blocks of the heap, not used again.
        blocks
            .into_iter()
            .for_each(|block| unsafe { heap.free(block) });
        let committed = heap.stats().committed_bytes;
        first = if round < 70 { committed } else { first };
        assert!(
            committed <= first,
            "{committed} after {round}, {first} at first"
        );
    }
}

#[test]
fn short_memory_is_zero_and_leaves_the_heap_usable() {
    let heap = heap(64 << 20);
    assert_eq!(heap.allocate(usize::MAX), 0);
    assert_eq!(heap.allocate(1 << 40), 0);
    let mut blocks = Vec::new();
    loop {
        let block = heap.allocate(1 << 20);
        if block == 0 {
            break;
        }
        blocks.push(block);
    }
    assert!(blocks.len() > 50, "{}", blocks.len());
    // SAFETY: a block of a MiB, still valid when it cannot grow.
    unsafe {
        assert_eq!(heap.reallocate(blocks[0], 1 << 20, 32 << 20), 0);
        blocks.into_iter().for_each(|block| heap.free(block));
    }
    assert_eq!(heap.stats().used_bytes, 0);
    assert_ne!(heap.allocate(40 << 20), 0);
}

#[test]
fn a_large_block_grows_and_shrinks_in_place() {
    let heap = heap(64 << 20);
    let first = heap.allocate(100_000);
    // SAFETY: a block of the heap with so many bytes, each time.
    unsafe {
        assert_eq!(heap.reallocate(first, 100_000, 5_000_000), first);
        let behind = heap.allocate(100_000);
        assert_eq!(heap.reallocate(first, 5_000_000, 200_000), first);
        assert_eq!(heap.reallocate(first, 200_000, 4_000_000), first);
        assert_ne!(heap.reallocate(first, 4_000_000, 6_000_000), first);
        heap.free(behind);
    }
    assert_eq!(heap.live_blocks(), 1);
}

#[test]
fn threads_share_it() {
    let heap = heap(256 << 20);
    std::thread::scope(|scope| {
        for seed in 1..4 {
            let heap = &heap;
            scope.spawn(move || {
                let mut random = Random(seed);
                let mut blocks = Vec::new();
                for step in 0..20_000u32 {
                    let size = random.below(500) as usize + 8;
                    let mut block = Block {
                        address: heap.allocate(size),
                        bytes: vec![0; size],
                    };
                    block.check_and_fill(seed as u8);
                    blocks.push(block);
                    if step % 3 != 0 {
                        let index = random.below(blocks.len() as u64) as usize;
                        let mut block = blocks.swap_remove(index);
                        block.check_and_fill(0);
                        // SAFETY: a block of the heap, not used again.
                        unsafe { heap.free(block.address) };
                    }
                }
                // SAFETY: blocks of the heap, not used again.
                blocks
                    .iter()
                    .for_each(|block| unsafe { heap.free(block.address) });
            });
        }
    });
    assert_eq!(heap.live_blocks(), 0);
}

#[test]
#[ignore = "a measurement: run it alone, optimised"]
fn speed() {
    let heap = heap(256 << 20);
    for size in [16, 48, 200, 1000] {
        let mut best = f64::MAX;
        for _ in 0..20 {
            let start = std::time::Instant::now();
            let mut kept = [0; 64];
            for i in 0..200_000 {
                let slot = &mut kept[i * 7 % 64];
                // SAFETY: 0 or a block of the heap, not used again.
                unsafe { heap.free(*slot) };
                *slot = heap.allocate(size);
            }
            best = best.min(start.elapsed().as_nanos() as f64 / 200_000.0);
            // SAFETY: as above.
            kept.into_iter()
                .for_each(|block| unsafe { heap.free(block) });
        }
        println!("{size} bytes: {best:.1} ns for a pair of allocate and free");
    }
}
