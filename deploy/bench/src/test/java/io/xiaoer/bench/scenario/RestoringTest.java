package io.xiaoer.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoringTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void whatIsClosedTwiceIsPutBackOnce() {
        var restoring = new Restoring("once", () -> told.add("back"), failure -> told.add("failed"));
        assertThat(told).isEmpty();
        restoring.close();
        restoring.close();
        assertThat(told).containsExactly("back");
    }

    @Test
    void whatCannotBePutBackIsTold() {
        var failure = new IOException("the shop does not answer");
        new Restoring(
                        "failing",
                        () -> {
                            throw failure;
                        },
                        why -> told.add(String.valueOf(why.getMessage())))
                .close();
        assertThat(told).containsExactly("the shop does not answer");
    }
}
