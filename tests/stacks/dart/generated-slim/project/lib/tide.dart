import 'package:json_annotation/json_annotation.dart';

part 'tide.g.dart';

@JsonSerializable()
class Tide {
  Tide(this.metres);
  final double metres;
  Map<String, dynamic> toJson() => _$TideToJson(this);
}
