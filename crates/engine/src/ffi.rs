//! The C interface of libchdb behind safe types. All unsafe code of Limen is in this file.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::path::Path;
use std::{ptr, slice};

use crate::EngineError;

type ConnectionHandle = *mut c_void;
type ResultHandle = *mut c_void;
type InsertHandle = *mut c_void;
/// Parameters of a call: the names with their lengths, the values with theirs, and how many there are.
type StartWithParameters<T> = unsafe extern "C" fn(
    ConnectionHandle,
    *const c_char,
    usize,
    *const c_char,
    usize,
    *const *const c_char,
    *const usize,
    *const *const c_char,
    *const usize,
    usize,
) -> T;

/// Reads every function by its name, so that a library of another version is refused at the start and not in a request.
macro_rules! functions {
    ($($field:ident = $name:literal: $kind:ty;)*) => {
        struct Functions { $($field: $kind,)* }

        impl Functions {
            fn read(library: &libloading::Library, path: &Path) -> Result<Self, EngineError> {
                Ok(Self { $($field: {
                    // SAFETY: the type is that of the function in the header of the pinned version of the library.
                    let symbol = unsafe { library.get::<$kind>($name) };
                    *symbol.map_err(|_| EngineError::LibraryLacksSymbol { path: path.to_owned(), symbol: $name })?
                },)* })
            }
        }
    };
}

functions! {
    version = "chdb_version": unsafe extern "C" fn() -> *const c_char;
    set_signal_handlers = "chdb_set_signal_handlers_enabled": unsafe extern "C" fn(c_int);
    connect = "chdb_connect": unsafe extern "C" fn(c_int, *mut *mut c_char) -> *mut ConnectionHandle;
    close = "chdb_close_conn": unsafe extern "C" fn(*mut ConnectionHandle);
    shutdown = "chdb_shutdown": unsafe extern "C" fn() -> c_int;
    query = "chdb_query_with_params_n": StartWithParameters<ResultHandle>;
    select = "chdb_stream_query_with_params_n": StartWithParameters<ResultHandle>;
    fetch = "chdb_stream_fetch_result": unsafe extern "C" fn(ConnectionHandle, ResultHandle) -> ResultHandle;
    cancel_select = "chdb_stream_cancel_query": unsafe extern "C" fn(ConnectionHandle, ResultHandle);
    insert = "chdb_stream_insert_with_params_n": StartWithParameters<InsertHandle>;
    append = "chdb_stream_append": unsafe extern "C" fn(InsertHandle, *const c_void, usize) -> c_int;
    finish_insert = "chdb_stream_done": unsafe extern "C" fn(InsertHandle) -> ResultHandle;
    insert_error = "chdb_stream_insert_error": unsafe extern "C" fn(InsertHandle) -> *const c_char;
    destroy_insert = "chdb_destroy_insert_stream": unsafe extern "C" fn(InsertHandle);
    result_error = "chdb_result_error": unsafe extern "C" fn(ResultHandle) -> *const c_char;
    result_buffer = "chdb_result_buffer": unsafe extern "C" fn(ResultHandle) -> *const u8;
    result_length = "chdb_result_length": unsafe extern "C" fn(ResultHandle) -> usize;
    result_rows_written = "chdb_result_rows_written": unsafe extern "C" fn(ResultHandle) -> u64;
    result_bytes_written = "chdb_result_bytes_written": unsafe extern "C" fn(ResultHandle) -> u64;
    destroy_result = "chdb_destroy_query_result": unsafe extern "C" fn(ResultHandle);
}

/// The loaded library. It starts threads of its own, so it is never unloaded.
pub struct Library {
    functions: Functions,
}

impl Library {
    /// Loads the library and takes its hands off this process's signals.
    pub fn open(path: &Path) -> Result<&'static Library, EngineError> {
        // SAFETY: initialisers of the library run here; it is the pinned one, which is made for being loaded so.
        let loaded = unsafe { libloading::Library::new(path) }
            .map_err(|error| EngineError::LibraryNotLoadable { path: path.to_owned(), reason: error.to_string() })?;
        let functions = Functions::read(&loaded, path)?;
        std::mem::forget(loaded);
        // SAFETY: called before any connection exists, as the header asks.
        unsafe { (functions.set_signal_handlers)(0) };
        Ok(Box::leak(Box::new(Library { functions })))
    }

    pub fn version(&self) -> String {
        // SAFETY: the function takes nothing and returns a string that lives as long as the library.
        text(unsafe { (self.functions.version)() }).unwrap_or_default()
    }

    /// A connection; the first one opens the database. Nothing when the library refuses, which says why on stderr only.
    pub fn connect(&'static self, arguments: &[String]) -> Option<Connection> {
        let owned: Vec<CString> =
            arguments.iter().map(|argument| CString::new(argument.as_str())).collect::<Result<_, _>>().ok()?;
        let mut pointers: Vec<*mut c_char> = owned.iter().map(|argument| argument.as_ptr().cast_mut()).collect();
        let count = c_int::try_from(pointers.len()).ok()?;
        // SAFETY: `count` pointers to strings that live until the call returns; the library copies what it keeps.
        let handle = unsafe { (self.functions.connect)(count, pointers.as_mut_ptr()) };
        if handle.is_null() {
            return None;
        }
        Some(Connection { library: self, handle })
    }

    /// Ends the library's threads. False when some are left, which is harmless just before the process ends.
    pub fn shut_down(&self) -> bool {
        // SAFETY: the function checks by itself that no connection is open.
        unsafe { (self.functions.shutdown)() == 0 }
    }

    /// Takes the result apart and frees it.
    fn take(&self, result: ResultHandle) -> Result<Answer, String> {
        if result.is_null() {
            return Err("the engine returned nothing".to_owned());
        }
        // SAFETY: the handle is a result of this library that nobody else has; it is freed once, after the last read.
        unsafe {
            let error = text((self.functions.result_error)(result));
            let buffer = (self.functions.result_buffer)(result);
            let length = (self.functions.result_length)(result);
            let bytes = match length {
                0 => Vec::new(),
                _ if buffer.is_null() => Vec::new(),
                _ => slice::from_raw_parts(buffer, length).to_vec(),
            };
            let rows_written = (self.functions.result_rows_written)(result);
            let bytes_written = (self.functions.result_bytes_written)(result);
            (self.functions.destroy_result)(result);
            match error {
                Some(error) => Err(error),
                None => Ok(Answer { bytes, rows_written, bytes_written }),
            }
        }
    }
}

/// What a call of the library gave.
pub struct Answer {
    pub bytes: Vec<u8>,
    pub rows_written: u64,
    pub bytes_written: u64,
}

/// Names and values that take the place of `{name:Type}` in a statement.
pub type Parameters = [(String, String)];

/// One session with the database. It runs one statement at a time, which `&mut` makes sure of.
pub struct Connection {
    library: &'static Library,
    handle: *mut ConnectionHandle,
}

// SAFETY: the library allows a connection to be used from any thread as long as calls do not overlap; they all need `&mut`.
unsafe impl Send for Connection {}

impl Connection {
    /// Runs a statement to its end and holds the whole answer in memory.
    pub fn query(&mut self, sql: &str, format: &str, parameters: &Parameters) -> Result<Answer, String> {
        let result = self.start(self.library.functions.query, sql, format, parameters);
        self.library.take(result)
    }

    /// Starts a statement whose answer comes in blocks.
    pub fn select(&mut self, sql: &str, format: &str, parameters: &Parameters) -> Result<Selecting<'_>, String> {
        let stream = self.start(self.library.functions.select, sql, format, parameters);
        if stream.is_null() {
            return Err("the engine returned no stream".to_owned());
        }
        let selecting =
            Selecting { library: self.library, connection: self.raw(), stream, ended: false, used: PhantomData };
        // SAFETY: the handle was just made and is alive until `selecting` is dropped.
        match text(unsafe { (self.library.functions.result_error)(stream) }) {
            Some(error) => Err(error),
            None => Ok(selecting),
        }
    }

    /// Starts an insert; `sql` has no FORMAT clause and no data.
    pub fn insert(&mut self, sql: &str, format: &str, parameters: &Parameters) -> Result<Inserting<'_>, String> {
        let stream = self.start(self.library.functions.insert, sql, format, parameters);
        if stream.is_null() {
            return Err("the engine returned no stream".to_owned());
        }
        let inserting = Inserting { library: self.library, stream, used: PhantomData };
        match inserting.error() {
            Some(error) => Err(error),
            None => Ok(inserting),
        }
    }

    fn raw(&self) -> ConnectionHandle {
        // SAFETY: the pointer came from `connect`, was not null, and is freed by `drop` only.
        unsafe { *self.handle }
    }

    fn start<T>(&mut self, function: StartWithParameters<T>, sql: &str, format: &str, parameters: &Parameters) -> T {
        let start = |text: &String| text.as_ptr().cast::<c_char>();
        let names: Vec<_> = parameters.iter().map(|(name, _)| start(name)).collect();
        let name_lengths: Vec<_> = parameters.iter().map(|(name, _)| name.len()).collect();
        let values: Vec<_> = parameters.iter().map(|(_, value)| start(value)).collect();
        let value_lengths: Vec<_> = parameters.iter().map(|(_, value)| value.len()).collect();
        // SAFETY: every pointer goes with its length and outlives the call, after which the library needs none of them.
        unsafe {
            function(
                self.raw(),
                sql.as_ptr().cast(),
                sql.len(),
                format.as_ptr().cast(),
                format.len(),
                names.as_ptr(),
                name_lengths.as_ptr(),
                values.as_ptr(),
                value_lengths.as_ptr(),
                parameters.len(),
            )
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: the pointer came from `connect`; streams borrow the connection, so none is left.
        unsafe { (self.library.functions.close)(self.handle) };
    }
}

/// A statement whose blocks are being read. Dropping it before the end cancels the statement.
pub struct Selecting<'connection> {
    library: &'static Library,
    connection: ConnectionHandle,
    stream: ResultHandle,
    ended: bool,
    used: PhantomData<&'connection mut Connection>,
}

impl Selecting<'_> {
    /// The next block as a whole document of the format, header included; nothing after the last one.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.ended {
            return Ok(None);
        }
        // SAFETY: both handles are alive, and `&mut` keeps calls from overlapping.
        let result = unsafe { (self.library.functions.fetch)(self.connection, self.stream) };
        match self.library.take(result) {
            Ok(answer) if answer.bytes.is_empty() => {
                self.ended = true;
                Ok(None)
            }
            Ok(answer) => Ok(Some(answer.bytes)),
            Err(error) => {
                self.ended = true;
                Err(error)
            }
        }
    }
}

impl Drop for Selecting<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is alive until here and freed once; a stream that ended needs no cancelling.
        unsafe {
            if !self.ended {
                (self.library.functions.cancel_select)(self.connection, self.stream);
            }
            (self.library.functions.destroy_result)(self.stream);
        }
    }
}

/// An insert that takes data. Dropping it before `finish` cancels it, and what was not yet a full block is not written.
pub struct Inserting<'connection> {
    library: &'static Library,
    stream: InsertHandle,
    used: PhantomData<&'connection mut Connection>,
}

impl Inserting<'_> {
    /// Hands data over, waiting while the engine has enough to do.
    pub fn append(&mut self, data: &[u8]) -> Result<(), String> {
        // SAFETY: the stream is alive, and the library copies the bytes before it returns.
        let state = unsafe { (self.library.functions.append)(self.stream, data.as_ptr().cast(), data.len()) };
        if state == 0 {
            return Ok(());
        }
        Err(self.error().unwrap_or_else(|| "the engine took no more data".to_owned()))
    }

    /// Ends the data and commits it.
    pub fn finish(self) -> Result<Answer, String> {
        // SAFETY: the stream is alive; its own memory is freed by `drop`.
        let result = unsafe { (self.library.functions.finish_insert)(self.stream) };
        self.library.take(result)
    }

    fn error(&self) -> Option<String> {
        // SAFETY: the stream is alive; the text is copied at once.
        text(unsafe { (self.library.functions.insert_error)(self.stream) })
    }
}

impl Drop for Inserting<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is freed once; the library cancels what was not finished.
        unsafe { (self.library.functions.destroy_insert)(self.stream) };
    }
}

fn text(pointer: *const c_char) -> Option<String> {
    if ptr::eq(pointer, ptr::null()) {
        return None;
    }
    // SAFETY: the library's texts end with a zero and live until their owner is freed, which happens after this copy.
    Some(unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned())
}
