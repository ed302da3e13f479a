//! Owns the bytes of model files: little-endian numbers and short strings, written in order and read in the same order.

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file ends too early or a length in it is impossible.
    #[error("the model `{0}` is cut short")]
    Truncated(&'static str),
    /// The file is not a model of this kind or was written by another version.
    #[error("the model `{0}` is not one that this version reads")]
    Foreign(&'static str),
    /// A label in the file is not one of the standard's.
    #[error("the model `{0}` has the unknown label `{1}`")]
    Label(&'static str, String),
}

/// Version of the layout of all model files; raised with every change of layout or of features.
pub const VERSION: u32 = 2;

/// Writes a model file.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Begins a file of the kind `kind` (such as `splitter`).
    pub fn new(kind: &str) -> Self {
        let mut writer = Writer::default();
        writer.text("readout");
        writer.text(kind);
        writer.u32(VERSION);
        writer
    }

    /// Appends one byte.
    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// Appends 16 bits, signed.
    pub fn i16(&mut self, value: i16) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// Appends 32 bits.
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// Appends a float.
    pub fn f32(&mut self, value: f32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// Appends a string of at most 255 bytes; longer ones are cut.
    pub fn text(&mut self, value: &str) {
        let cut = &value.as_bytes()[..value.len().min(255)];
        self.u8(cut.len() as u8);
        self.bytes.extend(cut);
    }

    /// The finished file.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads a model file.
#[derive(Debug)]
pub struct Reader<'a> {
    kind: &'static str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Opens a file, which must be of the kind `kind` and of this version.
    pub fn new(kind: &'static str, bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut reader = Reader { kind, rest: bytes };
        if reader.text()? != "readout" || reader.text()? != kind || reader.u32()? != VERSION {
            return Err(ModelError::Foreign(kind));
        }
        Ok(reader)
    }

    /// The kind it was opened as.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(ModelError::Truncated(self.kind))?;
        self.rest = rest;
        Ok(*head)
    }

    /// The next `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Truncated(self.kind))?;
        self.rest = rest;
        Ok(head)
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next byte.
    pub fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.take::<1>()?[0])
    }

    /// The next 16 bits, signed.
    pub fn i16(&mut self) -> Result<i16, ModelError> {
        Ok(i16::from_le_bytes(self.take()?))
    }

    /// The next 32 bits.
    pub fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    /// The next float.
    pub fn f32(&mut self) -> Result<f32, ModelError> {
        Ok(f32::from_le_bytes(self.take()?))
    }

    /// The next `count` floats.
    pub fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let (fours, _) = self.bytes(count.saturating_mul(4))?.as_chunks::<4>();
        Ok(fours.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// The next string.
    pub fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.u8()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| ModelError::Foreign(self.kind))
    }

    /// A number of things of at least `size` bytes each that are to follow, checked against what is left.
    pub fn count(&mut self, size: usize) -> Result<usize, ModelError> {
        let count = self.u32()? as usize;
        if count.saturating_mul(size) > self.rest.len() {
            return Err(ModelError::Truncated(self.kind));
        }
        Ok(count)
    }
}
