package io.xiaoer.bot.dialog.yaml;

/// What is wrong with a file.
///
/// @param line counted from 1
/// @param what is wrong
/// @param cure what to write instead
public record Fault(String file, int line, String what, String cure) {

    /// Where it is, `file:line`.
    public String place() {
        return file + ':' + line;
    }

    @Override
    public String toString() {
        return place() + ": " + what + "; " + cure;
    }
}
