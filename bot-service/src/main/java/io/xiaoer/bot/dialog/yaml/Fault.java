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

    /// What is wrong and what to do, in Chinese and English.
    public String words() {
        String english = what + "; " + cure;
        String chinese = ChineseFaults.of(what);
        String todo = ChineseFaults.of(cure);
        return chinese == null || todo == null ? english : chinese + "；" + todo + " / " + english;
    }

    @Override
    public String toString() {
        return place() + ": " + words();
    }
}
