package io.xiaoer.bot.dialog.engine;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONWriter;
import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.json.PlainJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of the dialogs of a session between two turns.
///
/// @param number the ownership number of the session: under another one a person held it since, and the dialog is over
/// @param turn grows with each move; buttons of an earlier one are stale
/// @param faqInRow how many questions the FAQ has answered in between, one after the other
/// @param at when it last moved, in ms
/// @param stack the flows under way, the one that talks last
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record DialogState(
        String session, long number, int turn, Language language, int faqInRow, long at, List<Frame> stack) {

    /// The most characters of its stored form.
    public static final int MOST = 48 * 1024;

    /// The most flows at a time.
    static final int DEPTH = 3;

    /// The stored form.
    public String json() {
        return JSON.toJSONString(this, JSONWriter.Feature.WriteBigDecimalAsPlain);
    }

    /// Reads the stored form, null if it is none that can be gone on with.
    public static @Nullable DialogState parse(String json) {
        try {
            var state = PlainJson.record(json, DialogState.class);
            return state == null || state.stack() == null || state.stack().isEmpty() ? null : state;
        } catch (JSONException | NullPointerException e) {
            return null;
        }
    }
}
