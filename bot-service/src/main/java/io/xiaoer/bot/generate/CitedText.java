package io.xiaoer.bot.generate;

import io.xiaoer.bot.generate.ModelFailure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A text that begins with the numbers of the sources that it stands on: `[1,3] …`. They stand first, so that nothing
/// is shown of a text before it is known to have grounds.
final class CitedText {

    private static final Pattern HEAD =
            Pattern.compile("\\s*\\[\\s*([0-9]{1,2}(?:\\s*[,，、]\\s*[0-9]{1,2}){0,9})\\s*]\\s*");
    private static final int LONGEST_HEAD = 64;

    private final int sources;
    private final StringBuilder said = new StringBuilder();
    private final List<Integer> cited = new ArrayList<>();
    private int begin = -1;

    /// @param sources how many there are
    CitedText(int sources) {
        this.sources = sources;
    }

    /// Takes a piece.
    ///
    /// @return what of the text itself is new
    /// @throws ModelFailure if it can no longer name its sources
    String take(String piece) throws ModelFailure {
        said.append(piece);
        if (begin >= 0) {
            return piece;
        }
        int end = said.indexOf("]");
        if (end < 0) {
            boolean mayCome = said.toString().strip().isEmpty()
                    || said.toString().stripLeading().startsWith("[");
            if (!mayCome || said.length() > LONGEST_HEAD) {
                throw new ModelFailure(Reason.UNGROUNDED);
            }
            return "";
        }
        return afterHead(end + 1);
    }

    private String afterHead(int end) throws ModelFailure {
        var head = HEAD.matcher(said.substring(0, end));
        if (!head.matches()) {
            throw new ModelFailure(Reason.UNGROUNDED);
        }
        for (String number : head.group(1).split("[,，、]")) {
            int source = Integer.parseInt(number.strip());
            if (source < 1 || source > sources) {
                throw new ModelFailure(Reason.UNGROUNDED);
            }
            if (!cited.contains(source - 1)) {
                cited.add(source - 1);
            }
        }
        begin = end;
        return said.substring(begin).stripLeading();
    }

    /// The text without its head.
    ///
    /// @throws ModelFailure if it is empty or names no source
    String text() throws ModelFailure {
        if (begin < 0) {
            throw new ModelFailure(Reason.UNGROUNDED);
        }
        String text = soFar();
        if (text.isEmpty()) {
            throw new ModelFailure(Reason.EMPTY);
        }
        return text;
    }

    /// What there is of the text by now, empty while its sources are not known.
    String soFar() {
        return begin < 0 ? "" : said.substring(begin).strip();
    }

    /// The places of the sources that it names, from 0.
    List<Integer> cited() {
        return List.copyOf(cited);
    }
}
