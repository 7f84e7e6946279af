package io.xiaoer.common.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/// A tree reads back as it was written.
class XmlTreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour",
                "backrest height",
                "1st",
                "价格 (元)",
                "_x0020_",
                "a_x0041_b",
                "__",
                "尺寸😀",
                "尺寸１",
                "Ａ",
                "々",
                "䶮",
                "サイズー"
            })
    void aNameIsReadAsItWasWritten(String name) throws IOException {
        var tree = JsonNodeFactory.instance.objectNode().put(name, "a value").put("other", "b");

        var xml = XmlTree.write(tree);

        assertThat(XmlTree.read(new ByteArrayInputStream(xml), null))
                .as(new String(xml, StandardCharsets.UTF_8))
                .isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\ntwo\n\rthree\r", "\r", "\r\r\n", " a\tb ", "<&>]]>\"'"})
    void aTextIsReadAsItWasWritten(String text) throws IOException {
        var tree = JsonNodeFactory.instance.objectNode().put("answer", text).put("other", "b");

        var xml = XmlTree.write(tree);

        assertThat(XmlTree.read(new ByteArrayInputStream(xml), null))
                .as(new String(xml, StandardCharsets.UTF_8))
                .isEqualTo(tree);
    }
}
