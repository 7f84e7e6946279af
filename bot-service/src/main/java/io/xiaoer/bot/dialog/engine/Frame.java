package io.xiaoer.bot.dialog.engine;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One flow under way, as it is remembered.
///
/// @param version the one that it began with
/// @param edition the text that it began with
/// @param step the step that it stands at
/// @param values slots and what calls brought, plain data
/// @param tries how often the step was not answered
/// @param runId part of the key of its writes; another once a write is done and confirmed anew
/// @param suspendedAt when another flow came between, in ms; null while it is not suspended
/// @param confirmed whether the last confirm got its yes, and nothing has changed since
/// @param written whether a write was done under this run id
/// @param passedResume whether it has come by the step that it resumes at
/// @param asking whether the shopper was asked if it shall go on
/// @param trail the steps that were asked, oldest first
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record Frame(
        String flow,
        int version,
        String edition,
        int step,
        Map<String, Object> values,
        int tries,
        String runId,
        @Nullable Long suspendedAt,
        boolean confirmed,
        boolean written,
        boolean passedResume,
        boolean asking,
        List<Integer> trail) {}
