import 'dart:convert';
import 'dart:io';

import 'package:tide_table/tide.dart';

Future<void> main() async {
  final server = await HttpServer.bind(InternetAddress.anyIPv4, 9300);
  await for (final request in server) {
    request.response.write(jsonEncode(Tide(1.8)));
    await request.response.close();
  }
}
