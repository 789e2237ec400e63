//! The shape of a proc: which blocks follow which, in what order, and its loops.

use super::*;

/// Where a block goes: by its terminator, and when something in it raises.
pub(super) fn successors(block: &Block) -> Vec<BlockId> {
    let mut all = Vec::new();
    for stmt in &block.stmts {
        all.extend(stmt.inst.unwind().flatten());
    }
    block.term.each_target(|to| all.push(to));
    all
}

/// A loop that is entered at its head only.
pub(super) struct Loop {
    pub(super) head: BlockId,
    pub(super) blocks: Vec<BlockId>,
    /// Those of its blocks that go back to the head.
    pub(super) latches: Vec<BlockId>,
    /// Blocks outside that go to the head.
    pub(super) entries: Vec<BlockId>,
}

impl Loop {
    pub(super) fn has(&self, block: BlockId) -> bool {
        self.blocks.contains(&block)
    }

    /// Does every round come past this block?
    pub(super) fn always_passes(&self, proc: &Proc, block: BlockId) -> bool {
        if block == self.head {
            return true;
        }
        let mut seen = vec![block];
        let mut work = vec![self.head];
        while let Some(next) = work.pop() {
            if seen.contains(&next) {
                continue;
            }
            if self.latches.contains(&next) {
                return false;
            }
            seen.push(next);
            let on = successors(&proc.blocks[next.0 as usize]).into_iter();
            work.extend(on.filter(|&to| self.has(to)));
        }
        true
    }
}

/// Where something stands: in a loop, or where it runs at most once each time that its proc does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InLoop {
    /// In one.
    Yes,
    /// In none.
    No,
}

/// See the [module](self).
pub(super) struct Graph {
    /// The blocks that are reached, each but heads of loops behind all that lead to it.
    pub(super) order: Vec<BlockId>,
    /// By block: who leads there.
    pub(super) before: Vec<Vec<BlockId>>,
    pub(super) loops: Vec<Loop>,
    /// By block: the loops that it is in.
    pub(super) around: Vec<Vec<usize>>,
}

impl Graph {
    pub(super) fn of(proc: &Proc) -> Graph {
        let (order, back) = walk(proc);
        let mut before = vec![Vec::new(); proc.blocks.len()];
        for &from in &order {
            for to in successors(&proc.blocks[from.0 as usize]) {
                before[to.0 as usize].push(from);
            }
        }
        let mut graph = Graph {
            order,
            before,
            loops: Vec::new(),
            around: vec![Vec::new(); proc.blocks.len()],
        };
        let loops = back
            .into_iter()
            .filter_map(|(head, latches)| graph.natural(head, latches));
        graph.loops = loops.collect();
        for (number, found) in graph.loops.iter().enumerate() {
            let around = &mut graph.around;
            found
                .blocks
                .iter()
                .for_each(|block| around[block.0 as usize].push(number));
        }
        graph
    }

    pub(super) fn in_loop(&self, block: usize) -> InLoop {
        match self.around[block].is_empty() {
            true => InLoop::No,
            false => InLoop::Yes,
        }
    }

    pub(super) fn has_loop(&self) -> bool {
        !self.loops.is_empty()
    }

    /// Has it no loop within?
    pub(super) fn is_innermost(&self, around: &Loop) -> bool {
        let is_within = |other: &Loop| other.head != around.head && around.has(other.head);
        !self.loops.iter().any(is_within)
    }

    /// The loop of a head and of what goes back to it, unless it has other entries.
    fn natural(&self, head: BlockId, latches: Vec<BlockId>) -> Option<Loop> {
        let mut blocks = vec![head];
        let mut work = latches.clone();
        while let Some(block) = work.pop() {
            if !blocks.contains(&block) {
                blocks.push(block);
                work.extend(&self.before[block.0 as usize]);
            }
        }
        // From the entry of the proc all is reached, so a loop with another entry contains it.
        if blocks.contains(&BlockId(0)) && head != BlockId(0) {
            return None;
        }
        let outside = |block: &BlockId| !blocks.contains(block);
        let entries = self.before[head.0 as usize].iter().copied().filter(outside);
        let entries = entries.collect();
        Some(Loop {
            head,
            blocks,
            latches,
            entries,
        })
    }
}

/// The blocks in reverse postorder, and the heads of loops, each with those that go back to it.
fn walk(proc: &Proc) -> (Vec<BlockId>, Vec<(BlockId, Vec<BlockId>)>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    let mut seen = vec![Seen::No; proc.blocks.len()];
    let mut order = Vec::new();
    let mut back: Vec<(BlockId, Vec<BlockId>)> = Vec::new();
    let mut path = vec![(BlockId(0), successors(&proc.blocks[0]))];
    seen[0] = Seen::OnPath;
    while let Some((block, rest)) = path.last_mut() {
        let Some(next) = rest.pop() else {
            seen[block.0 as usize] = Seen::Done;
            order.push(*block);
            path.pop();
            continue;
        };
        match seen[next.0 as usize] {
            Seen::OnPath => {
                let from = *block;
                match back.iter_mut().find(|(head, _)| *head == next) {
                    Some((_, latches)) if latches.contains(&from) => {}
                    Some((_, latches)) => latches.push(from),
                    None => back.push((next, vec![from])),
                }
            }
            Seen::No => {
                seen[next.0 as usize] = Seen::OnPath;
                path.push((next, successors(&proc.blocks[next.0 as usize])));
            }
            Seen::Done => {}
        }
    }
    order.reverse();
    (order, back)
}
