package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.Slot;
import io.xiaoer.common.id.ShopId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What a person who takes over gets to know of the dialogs: a line for each flow under way, the one that talked first,
/// with what the shopper has told. What was said stands in the log.
final class Brief {

    private static final int MOST = 2000;

    private Brief() {}

    /// The lines, null if no flow is under way.
    static @Nullable String of(DialogState state, FlowBook flows, ShopId shop) {
        var lines = new ArrayList<String>();
        for (Frame frame : state.stack().reversed()) {
            Flow flow = flows.version(shop, frame.flow(), frame.version());
            lines.add(flow == null ? frame.flow() : line(flow, frame, new Rendering(state.language())));
        }
        String brief = String.join("\n", lines);
        return brief.isEmpty() ? null : brief.substring(0, Math.min(brief.length(), MOST));
    }

    private static String line(Flow flow, Frame frame, Rendering rendering) {
        var told = new ArrayList<String>();
        for (Slot slot : flow.slots().values()) {
            Object value = frame.values().get(slot.name());
            String words = value == null ? "" : rendering.value(slot, value);
            if (!words.isEmpty()) {
                told.add(slot.name() + "=" + words);
            }
        }
        var step = frame.step() < flow.steps().size() ? flow.step(frame.step()) : null;
        String at = step == null || step.does().awaited() == null
                ? ""
                : " ← " + step.does().awaited();
        return flow.name() + "@" + flow.version() + (told.isEmpty() ? "" : ": " + String.join(", ", told)) + at;
    }
}
