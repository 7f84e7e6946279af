package io.xiaoer.bench.peer;

import java.util.List;

/// Who connects to a contender.
///
/// @param conversations what is said in these is shown to them
public record Guest(String name, List<String> conversations) {

    public Guest {
        conversations = List.copyOf(conversations);
    }
}
