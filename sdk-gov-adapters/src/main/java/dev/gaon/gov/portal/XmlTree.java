package dev.gaon.gov.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gaon.gov.pack.PlainXml;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML of a portal as the same tree that JSON gives: an element with nothing but text is text, a repeated one a list, an
 * attribute {@code @name}. Prefixes of names are dropped. No document type, so no entities; depth and size are bounded.
 */
final class XmlTree {

    private static final int DEEPEST = 32;
    private static final int MOST_NODES = 500_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final class Frame {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final ArrayNode done = NODES.arrayNode();
        private ObjectNode object = NODES.objectNode();

        Frame(String name) {
            this.name = name;
        }

        void add(String child, JsonNode value, @Nullable String starts) {
            if (child.equals(starts) && object.has(child)) {
                done.add(object);
                object = NODES.objectNode();
            }
            JsonNode before = object.get(child);
            if (before == null) {
                object.set(child, value);
            } else if (before instanceof ArrayNode list) {
                list.add(value);
            } else {
                object.set(child, NODES.arrayNode().add(before).add(value));
            }
        }

        JsonNode value() {
            String words = text.toString().strip();
            if (object.isEmpty()) {
                return TextNode.valueOf(words);
            }
            if (!words.isEmpty()) {
                object.put("#text", words);
            }
            return done.isEmpty() ? object : done.add(object);
        }
    }

    private XmlTree() {}

    /**
     * @param starts the element that begins a new record where records are not parted by elements of their own; null if
     *     they are
     */
    static JsonNode read(String xml, @Nullable String starts) throws XMLStreamException {
        XMLInputFactory factory = PlainXml.factory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        XMLStreamReader in = factory.createXMLStreamReader(new StringReader(xml.stripLeading()));
        try {
            return tree(in, starts);
        } finally {
            in.close();
        }
    }

    private static JsonNode tree(XMLStreamReader in, @Nullable String starts) throws XMLStreamException {
        Deque<Frame> open = new ArrayDeque<>();
        open.push(new Frame(""));
        int nodes = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                Frame frame = new Frame(local(in.getLocalName()));
                nodes += 1 + in.getAttributeCount();
                if (open.size() > DEEPEST || nodes > MOST_NODES) {
                    throw new XMLStreamException("too deep or too large");
                }
                for (int i = 0; i < in.getAttributeCount(); i++) {
                    frame.object.put("@" + local(in.getAttributeLocalName(i)), in.getAttributeValue(i));
                }
                open.push(frame);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                Frame frame = open.pop();
                open.element().add(frame.name, frame.value(), starts);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                open.element().text.append(in.getText());
            } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("a document type or an entity");
            }
        }
        return open.element().object;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Escapes what a portal forgot to escape inside of one element, which holds text alone. */
    static String escaped(String xml, String element) {
        String start = "<" + element + ">";
        String end = "</" + element + ">";
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = xml.indexOf(start); at >= 0; at = xml.indexOf(start, from)) {
            int begin = at + start.length();
            int stop = xml.indexOf(end, begin);
            if (stop < 0) {
                break;
            }
            String inner = xml.substring(begin, stop);
            out.append(xml, from, begin);
            out.append(
                    inner.strip().startsWith("<![CDATA[")
                            ? inner
                            : inner.replaceAll("&(?!#?\\w{1,8};)", "&amp;").replace("<", "&lt;"));
            from = stop;
        }
        return out.append(xml, from, xml.length()).toString();
    }
}
