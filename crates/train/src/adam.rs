//! Owns the steps from gradients to better weights: Adam (Kingma and Ba 2015), lazily for the feature tables, and the
//! running average of the weights.

use readout_annotate::network::Network;

/// State of the optimiser.
pub struct Adam {
    first: Network,
    second: Network,
    step: i32,
    /// Decay of the two moments.
    betas: (f32, f32),
}

impl Adam {
    /// For networks of the shape of `network`.
    pub fn new(network: &Network) -> Adam {
        let zeros = crate::network_training::blank(network);
        Adam { first: zeros.clone(), second: zeros, step: 0, betas: (0.9, 0.98) }
    }

    /// One step; the gradient is cut to the norm `limit` and set to zero afterwards.
    pub fn step(
        &mut self,
        network: &mut Network,
        gradient: &mut Network,
        touched: &mut Vec<(u8, u32)>,
        rate: f32,
        limit: f32,
    ) {
        self.step += 1;
        touched.sort_unstable();
        touched.dedup();
        let width = network.sizes.input;
        let mut norm = 0.0_f64;
        for (g, _) in gradient.dense() {
            norm += g.iter().map(|x| f64::from(x * x)).sum::<f64>();
        }
        for &(t, r) in touched.iter() {
            let row = &gradient.tables[usize::from(t)][r as usize * width..(r as usize + 1) * width];
            norm += row.iter().map(|x| f64::from(x * x)).sum::<f64>();
        }
        let shrink = (f64::from(limit) / norm.sqrt().max(1e-12)).min(1.0) as f32;
        let (b1, b2) = self.betas;
        let rate = rate * (1.0 - b2.powi(self.step)).sqrt() / (1.0 - b1.powi(self.step));
        let update = |w: &mut [f32], g: &mut [f32], m: &mut [f32], v: &mut [f32]| {
            for (((w, g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
                let d = *g * shrink;
                *m = b1 * *m + (1.0 - b1) * d;
                *v = b2 * *v + (1.0 - b2) * d * d;
                *w -= rate * *m / (v.sqrt() + 1e-8);
                *g = 0.0;
            }
        };
        let dense = network.dense().into_iter().zip(gradient.dense()).zip(self.first.dense()).zip(self.second.dense());
        for ((((w, _), (g, _)), (m, _)), (v, _)) in dense {
            update(w, g, m, v);
        }
        for &(t, r) in touched.iter() {
            let t = usize::from(t);
            let range = r as usize * width..(r as usize + 1) * width;
            update(
                &mut network.tables[t][range.clone()],
                &mut gradient.tables[t][range.clone()],
                &mut self.first.tables[t][range.clone()],
                &mut self.second.tables[t][range],
            );
        }
        touched.clear();
    }
}

/// Moves `average` towards `network` by the part `by`.
pub fn average(average: &mut Network, network: &mut Network, by: f32) {
    let mix = |a: &mut [f32], b: &[f32]| {
        for (x, y) in a.iter_mut().zip(b) {
            *x += by * (y - *x);
        }
    };
    for ((a, _), (b, _)) in average.dense().into_iter().zip(network.dense()) {
        mix(a, b);
    }
    for (a, b) in average.tables.iter_mut().zip(&network.tables) {
        mix(a, b);
    }
}
