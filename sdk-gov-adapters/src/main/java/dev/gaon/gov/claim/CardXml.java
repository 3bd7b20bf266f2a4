package dev.gaon.gov.claim;

import dev.gaon.gov.pack.PlainXml;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * RDF/XML, read leniently: things and their properties by turns, wrong language tags and addresses left as they are. No
 * document type, so no entities; nothing is fetched.
 */
final class CardXml {

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final int DEEPEST = 64;

    private final XMLStreamReader in;
    private final CardGraph graph = new CardGraph();

    private CardXml(XMLStreamReader in) {
        this.in = in;
    }

    static CardGraph read(String xml) {
        XMLInputFactory factory = PlainXml.factory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            CardXml card = new CardXml(factory.createXMLStreamReader(new StringReader(xml)));
            card.document();
            return card.graph;
        } catch (XMLStreamException e) {
            throw CardFailure.of(
                    "XML이 잘못되었습니다" + place(e) + ". 파일을 다시 받으세요.",
                    "The XML is wrong" + place(e) + ". Fetch the file again.",
                    e);
        }
    }

    private static String place(XMLStreamException e) {
        return e.getLocation() == null
                ? ""
                : " " + e.getLocation().getLineNumber() + ":" + e.getLocation().getColumnNumber();
    }

    private void document() throws XMLStreamException {
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw CardFailure.of(
                        "DTD나 엔티티가 있는 XML은 읽지 않습니다. 그것을 빼세요.",
                        "XML with a document type or entities is not read. Remove them.",
                        null);
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (in.getLocalName().equals("RDF")) {
                    things();
                } else {
                    graph.root(thing(1));
                }
            }
        }
    }

    private void things() throws XMLStreamException {
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                graph.root(thing(1));
            }
        }
    }

    /** From the start of an element to its end. */
    private CardNode thing(int depth) throws XMLStreamException {
        CardNode node = new CardNode();
        if (!in.getLocalName().equals("Description")) {
            graph.namespace(String.valueOf(in.getNamespaceURI()) + in.getLocalName());
            node.type(in.getLocalName());
        }
        properties(node, depth);
        graph.known(node);
        return node;
    }

    private void properties(CardNode node, int depth) throws XMLStreamException {
        bounded(depth);
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            if (RDF.equals(in.getAttributeNamespace(i))) {
                if (name.equals("about") || name.equals("nodeID") || name.equals("ID")) {
                    node.id((name.equals("about") ? "" : "_:") + in.getAttributeValue(i));
                }
            } else if (in.getAttributeNamespace(i) != null && !"lang".equals(name)) {
                node.put(name, in.getAttributeValue(i));
            }
        }
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                property(node, depth + 1);
            }
        }
    }

    private void property(CardNode node, int depth) throws XMLStreamException {
        bounded(depth);
        String name = in.getLocalName();
        String resource = in.getAttributeValue(RDF, "resource");
        String blank = in.getAttributeValue(RDF, "nodeID");
        if ("Resource".equals(in.getAttributeValue(RDF, "parseType"))) {
            CardNode inner = new CardNode();
            properties(inner, depth);
            node.put(name, inner);
            return;
        }
        StringBuilder text = new StringBuilder();
        boolean things = false;
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                node.put(name, thing(depth + 1));
                things = true;
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getText());
            }
        }
        if (!things) {
            value(node, name, resource, blank, text.toString());
        }
    }

    private void value(CardNode node, String name, @Nullable String resource, @Nullable String blank, String text) {
        if (name.equals("type") && resource != null) {
            node.type(resource);
        } else if (resource != null || blank != null) {
            CardNode reference = new CardNode();
            reference.id(resource != null ? resource : "_:" + blank);
            node.put(name, reference);
        } else if (!text.isBlank()) {
            node.put(name, text.strip());
        }
    }

    private static void bounded(int depth) {
        if (depth > DEEPEST) {
            throw CardFailure.tooMuch(DEEPEST + "겹보다 깊습니다.", "It is nested more than " + DEEPEST + " deep.");
        }
    }
}
