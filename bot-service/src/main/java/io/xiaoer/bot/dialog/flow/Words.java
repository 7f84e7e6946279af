package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Template;
import io.xiaoer.bot.dialog.yaml.Part;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a flow says: always in both languages.
final class Words {

    /// The most characters of one saying.
    static final int MOST = 500;

    /// Stands where words are missing, which was told of.
    static final Phrase NOTHING = new Phrase(new Template(List.of()), new Template(List.of()));

    private final Names names;

    Words(Names names) {
        this.names = names;
    }

    /// Words in both languages.
    ///
    /// @param owner is told of if there are none
    Phrase phrase(@Nullable Part part, Part owner) {
        if (part == null || !part.isMap()) {
            (part == null ? owner : part).fault("there are no words", "add say: {zh: \"…\", en: \"…\"}");
            return NOTHING;
        }
        var fields = part.fields(Set.of("zh", "en"));
        return new Phrase(in("zh", fields.get("zh"), part), in("en", fields.get("en"), part));
    }

    private Template in(String language, @Nullable Part part, Part owner) {
        if (part == null) {
            owner.fault("the words in `" + language + "` are missing", "add " + language + ": \"…\"");
            return new Template(List.of());
        }
        return names.words(part, MOST);
    }
}
