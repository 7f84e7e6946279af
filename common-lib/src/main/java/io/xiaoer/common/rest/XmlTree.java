package io.xiaoer.common.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON tree as XML and back: one root, names as they are, arrays as repeated elements, null absent.
///
/// Reading refuses document types and entities, and what is deeper than [RestJson#MAX_DEPTH]; the caller
/// bounds the length. Attributes, name spaces and comments are passed over. In a name `_xHHHH_` stands
/// for a character that XML does not allow there, written as well as read, so that what was got can be
/// put.
public final class XmlTree {

    /// The root of every answer.
    public static final String ROOT = "response";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();
    private static final XMLInputFactory READERS = readers();
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /// What is known of characters beyond ASCII, of the 65,536 that there are at most.
    private static final Map<Character, Boolean> FIRSTS = new ConcurrentHashMap<>();

    private static final Map<Character, Boolean> OTHERS = new ConcurrentHashMap<>();
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private XmlTree() {}

    /// The tree under [#ROOT], in UTF-8.
    public static byte[] write(JsonNode tree) {
        var bytes = new ByteArrayOutputStream(512);
        try {
            var writer = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            if (tree.isArray()) {
                writer.writeStartElement(ROOT);
                writeElement(writer, "item", tree);
                writer.writeEndElement();
            } else {
                writeElement(writer, ROOT, tree);
            }
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a tree in memory could not be written as XML", e);
        }
        return bytes.toByteArray();
    }

    /// The tree under the document's one root.
    ///
    /// @param charset the charset of the content type; if there is none, the document says it itself
    /// @throws MalformedXml if it is no XML that is taken here
    /// @throws IOException if the stream fails
    public static JsonNode read(InputStream in, @Nullable Charset charset) throws IOException {
        try {
            var reader = charset == null
                    ? READERS.createXMLStreamReader(in)
                    : READERS.createXMLStreamReader(withoutMark(in, charset));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    refuseDocumentType(reader.getEventType());
                }
                var tree = readElement(reader, 1);
                while (reader.hasNext()) {
                    refuseDocumentType(reader.next());
                }
                return tree;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) {
                throw io;
            }
            throw new MalformedXml(e);
        }
    }

    private static InputStreamReader withoutMark(InputStream in, Charset charset) throws IOException {
        var buffered = new java.io.PushbackInputStream(in, 3);
        if (charset.equals(StandardCharsets.UTF_8)) {
            var head = buffered.readNBytes(3);
            var marked = head.length == 3 && new String(head, StandardCharsets.UTF_8).charAt(0) == BYTE_ORDER_MARK;
            if (!marked) {
                buffered.unread(head);
            }
        }
        return new InputStreamReader(buffered, charset);
    }

    private static void writeElement(XMLStreamWriter writer, String name, JsonNode node) throws XMLStreamException {
        if (node.isNull() || node.isMissingNode()) {
            return;
        }
        if (node.isArray()) {
            for (var element : node) {
                if (element.isArray()) {
                    writer.writeStartElement(name(name));
                    writeElement(writer, "item", element);
                    writer.writeEndElement();
                } else {
                    writeElement(writer, name, element);
                }
            }
            return;
        }
        writer.writeStartElement(name(name));
        if (node.isObject()) {
            for (var property : node.properties()) {
                writeElement(writer, property.getKey(), property.getValue());
            }
        } else {
            writeText(writer, text(node.asString()));
        }
        writer.writeEndElement();
    }

    /// Who reads XML takes a carriage return for the end of a line, whatever stands behind it; written
    /// as a reference it stays what it is.
    private static void writeText(XMLStreamWriter writer, String text) throws XMLStreamException {
        int from = 0;
        for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', from)) {
            writer.writeCharacters(text.substring(from, at));
            writer.writeEntityRef("#13");
            from = at + 1;
        }
        writer.writeCharacters(text.substring(from));
    }

    private static JsonNode readElement(XMLStreamReader reader, int depth) throws XMLStreamException, IOException {
        if (depth > RestJson.MAX_DEPTH) {
            throw new MalformedXml("nested deeper than " + RestJson.MAX_DEPTH);
        }
        var nil = "true".equals(reader.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
        ObjectNode children = null;
        var text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (children == null) {
                        children = NODES.objectNode();
                    }
                    add(children, unescaped(reader.getLocalName()), readElement(reader, depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (nil) {
                        return NODES.nullNode();
                    }
                    return children == null ? NODES.stringNode(text.toString()) : children;
                }
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new MalformedXml("entities are not taken");
            }
        }
    }

    private static void add(ObjectNode parent, String name, JsonNode child) {
        var earlier = parent.get(name);
        if (earlier == null) {
            parent.set(name, child);
        } else if (earlier instanceof ArrayNode list) {
            list.add(child);
        } else {
            parent.set(name, NODES.arrayNode().add(earlier).add(child));
        }
    }

    private static void refuseDocumentType(int event) throws MalformedXml {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new MalformedXml("document types and entities are not taken");
        }
    }

    private static String unescaped(String name) {
        return ESCAPED.matcher(name).replaceAll(escaped -> {
            var c = (char) Integer.parseInt(escaped.group(1), 16);
            return Matcher.quoteReplacement(String.valueOf(c));
        });
    }

    private static String name(String name) {
        var out = new StringBuilder(name.length());
        var escaped = ESCAPED.matcher(name);
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var allowed = c == '_' ? !escaped.region(i, name.length()).lookingAt() : isNamed(c, i == 0);
            if (allowed) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
            }
        }
        return out.isEmpty() ? "_" : out.toString();
    }

    private static boolean isNamed(char c, boolean first) {
        var letter = Character.isLetter(c);
        var fits = letter || (!first && (Character.isDigit(c) || c == '-' || c == '.'));
        return fits && (c < 0x80 || (first ? FIRSTS : OTHERS).computeIfAbsent(c, _ -> isRead(c, first)));
    }

    /// Whether a parser takes the character where it stands in a name. Its letters and digits are fewer
    /// than Unicode's: neither those of full width (`尺寸１`) are among them nor what Unicode has learnt
    /// since 1996.
    private static boolean isRead(char c, boolean first) {
        try {
            var reader = READERS.createXMLStreamReader(new StringReader(first ? "<" + c + "/>" : "<a" + c + "/>"));
            return reader.next() == XMLStreamConstants.START_ELEMENT;
        } catch (XMLStreamException e) {
            return false;
        }
    }

    private static String text(String value) {
        return value.codePoints()
                .map(c -> isAllowed(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    private static XMLInputFactory readers() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("nothing outside the document is read");
        });
        return factory;
    }

    /// The document is not XML that is taken here.
    public static final class MalformedXml extends IOException {

        private static final long serialVersionUID = 1L;

        MalformedXml(String rule) {
            super(rule);
        }

        MalformedXml(XMLStreamException cause) {
            super(
                    "not well-formed at line " + cause.getLocation().getLineNumber() + ", column "
                            + cause.getLocation().getColumnNumber(),
                    cause);
        }
    }
}
