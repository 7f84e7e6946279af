package io.xiaoer.bot.slots;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody wants in the place of what they have: 43码 of 鞋子小了换43码的, "size 43" of "exchange it for a
/// size 43". Only sizes and colours that tell which it is; that it shall be another one, or a bigger
/// one, does not.
public final class InsteadWords {

    private static final String ZH_SPEC =
            "(?:[0-9]{2,3}(?:[.]5)?[码号]?|(?:x{1,3}l|xs|[sml])[码号]?|均码|[大中小][码号]|[红白黑蓝绿灰粉黄紫棕橙]色?|[米卡其藏青咖啡]{1,2}色)";
    private static final Pattern ZH = Pattern.compile("换(?:货)?[成为到]?(?:一?[个件双条款只])?\\s*(" + ZH_SPEC + "(?:[\\s,、的]{0,2}"
            + ZH_SPEC + ")*)(?=的|了|吧|吗|$|[\\s,。!！?？;；])");
    private static final String EN_SPEC =
            "(?:size [a-z0-9.]{1,4}|[0-9]{2}(?:[.]5)?|x{0,3}l|x{0,2}s|m|extra large|large|medium|small|black|white|red|blue|navy|green|gr[ea]y|pink|yellow|purple|brown|orange|beige)";
    private static final Pattern EN = Pattern.compile(
            "\\b(?:exchange|swap|change|trade|replace)\\b[^.!?;]{0,40}?\\b(?:for|to|with|into)\\s+(?:an? |the |one in )?("
                    + EN_SPEC + "(?:(?: ones?)?(?: in(?: an?)?|,)? " + EN_SPEC
                    + ")*)(?:\\s+(?:one|ones|pair))?(?=\\s*(?:[,.!;?]|$| please\\b| thanks\\b))");

    private InsteadWords() {}

    /// The words for it, folded; null if the text says none.
    public static @Nullable String in(String text) {
        String folded = Folded.of(text);
        var chinese = ZH.matcher(folded);
        if (chinese.find()) {
            return chinese.group(1).strip();
        }
        var english = EN.matcher(folded);
        return english.find() ? english.group(1).strip() : null;
    }
}
