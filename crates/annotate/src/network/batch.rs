//! Owns the order in which the words of several sentences lie in memory: first words of all, then second words, …, with
//! longer sentences first, so that each step of a recurrent layer works on neighbouring rows.

/// Several sentences packed by position.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Length of each sentence, in the order of the batch: longest first.
    pub lengths: Vec<usize>,
    /// For each sentence of the batch, its place in the list that was packed.
    pub order: Vec<usize>,
    /// Row of the first word at each position, and one past the last row.
    pub starts: Vec<usize>,
    /// For each row, the row of the word as far from the other end of its sentence.
    pub mirror: Vec<u32>,
}

impl Batch {
    /// Packs sentences of these lengths.
    pub fn new(lengths: &[usize]) -> Batch {
        let mut order: Vec<usize> = (0..lengths.len()).filter(|&i| lengths[i] > 0).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(lengths[i]), i));
        let sorted: Vec<usize> = order.iter().map(|&i| lengths[i]).collect();
        let longest = sorted.first().copied().unwrap_or(0);
        let mut starts = vec![0];
        let mut active = sorted.len();
        for position in 0..longest {
            while active > 0 && sorted[active - 1] <= position {
                active -= 1;
            }
            starts.push(starts[position] + active);
        }
        let mut batch = Batch { lengths: sorted, order, starts, mirror: Vec::new() };
        let mut mirror = vec![0; batch.rows()];
        for (s, &length) in batch.lengths.iter().enumerate() {
            for position in 0..length {
                mirror[batch.row(s, position)] = batch.row(s, length - 1 - position) as u32;
            }
        }
        batch.mirror = mirror;
        batch
    }

    /// Number of words.
    pub fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Row of a word: sentence of the batch and position.
    pub fn row(&self, sentence: usize, position: usize) -> usize {
        self.starts[position] + sentence
    }

    /// Copies rows of `width` numbers to their mirror rows.
    pub fn mirrored(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let mut out = Vec::with_capacity(rows.len());
        for &row in &self.mirror {
            let start = row as usize * width;
            out.extend_from_slice(&rows[start..start + width]);
        }
        out
    }

    /// Rows of one sentence, in order, put together.
    pub fn gather(
        &self,
        rows: &[f32],
        width: usize,
        columns: std::ops::Range<usize>,
        sentence: usize,
        out: &mut Vec<f32>,
    ) {
        for position in 0..self.lengths[sentence] {
            let start = self.row(sentence, position) * width;
            out.extend_from_slice(&rows[start + columns.start..start + columns.end]);
        }
    }
}
