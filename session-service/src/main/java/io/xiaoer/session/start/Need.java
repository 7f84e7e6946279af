package io.xiaoer.session.start;

/// Something that must have been there once before an instance is ready.
///
/// @param name what the log calls it
/// @param attempt ends normally once it was there
record Need(String name, Attempt attempt) {

    /// One try.
    interface Attempt {
        /// @throws Exception if it is not there yet
        void run() throws Exception;
    }
}
