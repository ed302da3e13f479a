//! Owns the best tree for given arc scores: the maximum spanning arborescence with one root (Chu and Liu 1965; Edmonds 1967).

/// Heads of the best tree: `scores` has a row for each word and a column for each head, the root last.
pub fn best(scores: &[f32], length: usize) -> Vec<Option<u32>> {
    let columns = length + 1;
    if length == 0 {
        return Vec::new();
    }
    let score = |word: usize, head: usize| scores[word * columns + head];
    let mut heads: Vec<usize> = Vec::with_capacity(length);
    let mut root = (f32::NEG_INFINITY, 0);
    for word in 0..length {
        let mut best = usize::MAX;
        for head in (0..length).filter(|&h| h != word) {
            if best == usize::MAX || score(word, head) > score(word, best) {
                best = head;
            }
        }
        // How much better the root is as head than the best word.
        let gain = if best == usize::MAX { 0.0 } else { score(word, length) - score(word, best) };
        if gain > root.0 {
            root = (gain, word);
        }
        heads.push(best);
    }
    let root = root.1;
    heads[root] = length;
    if !acyclic(&heads, root) {
        heads = edmonds(scores, length, root);
    }
    heads.iter().enumerate().map(|(word, &head)| (word != root).then_some(head as u32)).collect()
}

/// Whether every word leads to the root.
fn acyclic(heads: &[usize], root: usize) -> bool {
    let mut state = vec![0_u32; heads.len()];
    state[root] = u32::MAX;
    for start in 0..heads.len() {
        let mark = start as u32 + 1;
        let mut at = start;
        while state[at] == 0 {
            state[at] = mark;
            at = heads[at];
        }
        if state[at] == mark {
            return false;
        }
        let mut back = start;
        while state[back] == mark {
            state[back] = u32::MAX;
            back = heads[back];
        }
    }
    true
}

/// The arborescence rooted in `root`, by contraction of cycles; cubic at worst, with few contractions in practice.
fn edmonds(scores: &[f32], length: usize, root: usize) -> Vec<usize> {
    // A dense copy in which contracted words share a representative.
    let columns = length + 1;
    let mut weight: Vec<f32> = vec![f32::NEG_INFINITY; length * length];
    let mut origin: Vec<(u32, u32)> = vec![(0, 0); length * length];
    for word in 0..length {
        for head in 0..length {
            origin[word * length + head] = (word as u32, head as u32);
            if word != head && word != root {
                weight[word * length + head] = scores[word * columns + head];
            }
        }
    }
    let mut alive: Vec<bool> = vec![true; length];
    // Each contraction: representative, members with their heads inside the cycle.
    let mut contractions: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
    let mut head: Vec<usize> = vec![usize::MAX; length];
    loop {
        for word in (0..length).filter(|&w| alive[w] && w != root) {
            let mut best = usize::MAX;
            for h in (0..length).filter(|&h| alive[h] && h != word) {
                if best == usize::MAX || weight[word * length + h] > weight[word * length + best] {
                    best = h;
                }
            }
            head[word] = best;
        }
        let Some(cycle) = find_cycle(&head, &alive, root) else { break };
        let representative = cycle[0];
        let members: Vec<(usize, usize)> = cycle.iter().map(|&w| (w, head[w])).collect();
        for other in (0..length).filter(|&o| alive[o] && !cycle.contains(&o)) {
            // Best arc from outside into the cycle, less the arc that it would replace.
            let mut entering = (f32::NEG_INFINITY, cycle[0]);
            let mut leaving = (f32::NEG_INFINITY, cycle[0]);
            for &(w, h) in &members {
                let gain = weight[w * length + other] - weight[w * length + h];
                if gain > entering.0 {
                    entering = (gain, w);
                }
                let out = weight[other * length + w];
                if out > leaving.0 {
                    leaving = (out, w);
                }
            }
            let from = origin[entering.1 * length + other];
            weight[representative * length + other] = entering.0;
            origin[representative * length + other] = from;
            let from = origin[other * length + leaving.1];
            weight[other * length + representative] = leaving.0;
            origin[other * length + representative] = from;
        }
        for &w in &cycle[1..] {
            alive[w] = false;
        }
        // Keep the real arcs of the cycle, to be restored when it is opened again.
        let real = members.iter().map(|&(w, h)| if w == representative || h == representative { (w, h) } else { (w, h) }).collect();
        contractions.push((representative, real));
    }
    resolve(scores, length, root, &head, &alive, &origin, &contractions)
}

fn find_cycle(head: &[usize], alive: &[bool], root: usize) -> Option<Vec<usize>> {
    let mut state = vec![0_u32; head.len()];
    state[root] = u32::MAX;
    for start in (0..head.len()).filter(|&w| alive[w]) {
        let mark = start as u32 + 1;
        let mut at = start;
        while state[at] == 0 {
            state[at] = mark;
            at = head[at];
        }
        if state[at] == mark {
            let mut cycle = vec![at];
            let mut next = head[at];
            while next != at {
                cycle.push(next);
                next = head[next];
            }
            return Some(cycle);
        }
    }
    None
}
